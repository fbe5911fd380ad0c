import { useEffect, useState, useSyncExternalStore } from 'react';
import { brand } from '../shared/Brand';
import type { RoomViewModel } from './useRoomView';

interface Seen {
  /** The newest message that was seen. */
  readonly message: number;
  /** The members whose raised hands were seen. */
  readonly hands: readonly string[];
}

/** Counts the messages and raised hands of others since the lists of them were last in sight. */
export function useUnread({ messages, members, me }: RoomViewModel): number {
  // The function is another one each time, so React looks again after each drawing: a phone may show another part of the room.
  const isInSight = useSyncExternalStore(subscribe, () => areListsInSight());
  const newest = messages.at(-1)?.sequence ?? 0;
  const hands = members.filter(member => member.handRaised && member.id !== me?.id).map(member => member.id);
  const [seen, setSeen] = useState<Seen>({ message: newest, hands });
  // A hand that went down is forgotten, so that it counts when it rises again.
  const next: Seen = isInSight ? { message: newest, hands } : { ...seen, hands: seen.hands.filter(id => hands.includes(id)) };
  if (next.message !== seen.message || next.hands.length !== seen.hands.length || next.hands.some(id => !seen.hands.includes(id)))
    setSeen(next);

  const unseenMessages = messages.filter(message => message.sequence > next.message && message.by !== me?.id);
  return unseenMessages.length + hands.filter(id => !next.hands.includes(id)).length;
}

/** Names the room in the window's title, with the number of what was not seen. */
export function useTitle(room: string | undefined, unread: number): void {
  useEffect(() => {
    const count = unread === 0 ? '' : `(${unread}) `;
    document.title = room === undefined ? brand : `${count}${room} · ${brand}`;
    return () => {
      document.title = brand;
    };
  }, [room, unread]);
}

function areListsInSight(): boolean {
  return !document.hidden && (document.querySelector('.side')?.checkVisibility() ?? true);
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange);
  addEventListener('resize', onChange);
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    removeEventListener('resize', onChange);
  };
}
