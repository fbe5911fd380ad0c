import { useEffect, useState, useSyncExternalStore } from 'react';
import { brand } from '../shared/Brand';
import type { RoomViewModel } from './useRoomView';

interface Seen {
  /** The newest message that was seen. */
  readonly message: number;
  /** The members whose raised hands were seen. */
  readonly hands: readonly string[];
}

/** Counts the messages and raised hands of others since the lists of them were last in sight. A phone shows one of the lists. */
export function useUnread({ messages, members, me }: RoomViewModel): number {
  // The functions are others each time, so React looks again after each drawing: a phone may show another part of the room.
  const areMessagesInSight = useSyncExternalStore(subscribe, () => isInSight('.message-list') || isInSight('.runs[data-talk]'));
  const arePeopleInSight = useSyncExternalStore(subscribe, () => isInSight('.people'));
  const newest = messages.at(-1)?.sequence ?? 0;
  const hands = members.filter(member => member.handRaised && member.id !== me?.id).map(member => member.id);
  const [seen, setSeen] = useState<Seen>({ message: newest, hands });
  const next: Seen = {
    message: areMessagesInSight ? newest : seen.message,
    // A hand that went down is forgotten, so that it counts when it rises again.
    hands: arePeopleInSight ? hands : seen.hands.filter(id => hands.includes(id)),
  };
  if (next.message !== seen.message || next.hands.length !== seen.hands.length || next.hands.some(id => !seen.hands.includes(id)))
    setSeen(next);

  const unseenMessages = messages.filter(message => message.sequence > next.message && message.by !== me?.id);
  return unseenMessages.length + hands.filter(id => !next.hands.includes(id)).length;
}

/** Names the room in the window's title, with the number of things that concern the person at this page and were not seen. */
export function useTitle(room: string | undefined, unread: number): void {
  useEffect(() => {
    const count = unread === 0 ? '' : `(${unread}) `;
    document.title = room === undefined ? brand : `${count}${room} · ${brand}`;
    return () => {
      document.title = brand;
    };
  }, [room, unread]);
}

function isInSight(selector: string): boolean {
  return !document.hidden && (document.querySelector(selector)?.checkVisibility() ?? false);
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange);
  addEventListener('resize', onChange);
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    removeEventListener('resize', onChange);
  };
}
