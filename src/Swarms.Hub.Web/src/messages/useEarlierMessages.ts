import { useCallback, useEffect, useState } from 'react';
import { EventTypes, type Message, type RoomClient, RoomState } from 'swarms-hub-client';
import { useAction } from '../shared/useAction';

const pageSize = 50;
const largestPage = 200;
/** A page that holds more would slow down with every message. The transcript has them all. */
const maxEarlier = 1_000;

const { maxMessages: maxHeld, maxMessagesLength: maxHeldLength } = RoomState;

const changes: readonly string[] = [EventTypes.messageEdited, EventTypes.messageRemoved, EventTypes.reaction, EventTypes.reactionRemoved];

interface EarlierMessages {
  /** Messages from before those that the room's state holds, in sequence order. */
  readonly messages: readonly Message[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: string | undefined;
  readonly load: () => void;
  /** Loads what is between the messages on the page and this one. */
  readonly loadBackTo: (sequence: number) => void;
}

/** Loads the messages before those that the room's state holds, a page at a time, and follows what changes them. */
export function useEarlierMessages(client: RoomClient, held: readonly Message[]): EarlierMessages {
  const [earlier, setEarlier] = useState<readonly Message[]>([]);
  const [isAtStart, setAtStart] = useState(false);
  const [before, setBefore] = useState(held);
  if (before !== held) {
    setBefore(held);
    const first = held[0]?.sequence ?? Infinity;
    const dropped = before.filter(message => message.sequence < first);
    // The room's state lets go of its oldest messages as new ones come. No gap may open above it.
    if (earlier.length > 0 && dropped.length > 0) setEarlier([...earlier, ...dropped]);
  }

  useEffect(
    () =>
      client.onEvent(({ type, data }) => {
        const { target } = data;
        if (typeof target !== 'number' || !changes.includes(type)) return;

        setEarlier(known => {
          if (known.some(message => message.sequence === target)) void reload(client, target, setEarlier);
          // The text goes at once, whether or not the hub can be asked.
          return type === EventTypes.messageRemoved
            ? known.map(message => (message.sequence === target ? { ...message, text: '', reactions: [] } : message))
            : known;
        });
      }),
    [client],
  );
  const firstHeld = held[0]?.sequence;
  const messages = firstHeld === undefined ? earlier : earlier.filter(message => message.sequence < firstHeld);
  const end = messages[0]?.sequence ?? firstHeld;
  const page = useAction(
    useCallback(async () => {
      if (end === undefined) return;

      const { messages: found, next } = await client.listMessages(end, pageSize);
      setEarlier(known => withPage(known, found));
      setAtStart(next === null);
    }, [client, end]),
  );
  const { run: load } = page;
  const back = useAction(
    useCallback(
      async (sequence: number) => {
        for (let before = end; before !== undefined && before > sequence;) {
          const { messages: found, next } = await client.listMessages(before, largestPage);
          setEarlier(known => withPage(known, found));
          setAtStart(next === null);
          before = next === null ? undefined : found[0]?.sequence;
        }
      },
      [client, end],
    ),
  );
  const { run: loadBack } = back;
  return {
    messages,
    hasMore: !isAtStart && end !== undefined && messages.length < maxEarlier && (messages.length > 0 || mayBeCut(held)),
    isLoading: page.isBusy || back.isBusy,
    error: page.error ?? back.error,
    load: useCallback(() => void load(), [load]),
    loadBackTo: useCallback((sequence: number) => void loadBack(sequence), [loadBack]),
  };
}

function withPage(known: readonly Message[], page: readonly Message[]): readonly Message[] {
  return [...page.filter(message => !known.some(other => other.sequence === message.sequence)), ...known];
}

/** Whether the room's state may have let go of messages. It keeps a few that are short in any case. */
function mayBeCut(held: readonly Message[]): boolean {
  const length = held.reduce((sum, { text }) => sum + text.length, 0);
  const wasLonger = held.some(({ editedAt, removedAt }) => editedAt !== undefined || removedAt !== undefined);
  return held.length >= maxHeld || length > maxHeldLength / 2 || wasLonger;
}

async function reload(client: RoomClient, target: number, set: (change: (known: readonly Message[]) => readonly Message[]) => void) {
  try {
    const { messages } = await client.listMessages(target + 1, 1);
    const now = messages.find(message => message.sequence === target);
    if (now) set(known => known.map(message => (message.sequence === target ? now : message)));
  } catch {
    // The text of a removed message is gone already. An edit is shown when the list is loaded anew.
  }
}
