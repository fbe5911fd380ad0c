import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react';
import type { Message, RoomClient } from 'swarms-hub-client';
import { read, write } from '../shared/storage';
import { keyOfReadMark } from '../shared/visited';
import { countNew, firstMark, nextMark } from './readMark';

/** The line above what came while the reader was not there. */
export interface NewMessages {
  /** The sequence of the last message above the line; undefined without one. */
  readonly line: number | undefined;
  /** The number of messages of others below the line. */
  readonly count: number;
  /** The number of messages of others that were not in sight yet. */
  readonly unseen: number;
}

/**
 * Remembers on this device how far one read, and says what is new. `isAtEnd` is whether the reader follows the list's end. Where the
 * messages are elsewhere (`isOn` is false) nothing is remembered.
 */
export function useReadMark(
  client: RoomClient,
  isOn: boolean,
  messages: readonly Message[],
  me: string | undefined,
  box: RefObject<HTMLElement | null>,
  isAtEnd: boolean,
): NewMessages {
  // The function is another one each time, so React looks again after each drawing: a phone may show another part of the room.
  const isInSight = useSyncExternalStore(subscribe, () => !document.hidden && (box.current?.checkVisibility() ?? true));
  const [mark, setMark] = useState(() => firstMark(isOn ? read(keyOfReadMark(client.id)) : undefined, messages, me));
  const next = nextMark(mark, messages, me, isAtEnd && isInSight);
  if (next !== mark) setMark(next);

  useEffect(() => {
    if (isOn && next.seen > 0) write(keyOfReadMark(client.id), next.seen);
  }, [client, isOn, next.seen]);
  useEffect(() => {
    // A hidden page draws nothing. What came meanwhile was missed, although it is drawn when the page is in sight again.
    const onBack = () => {
      const now = client.state?.messages;
      if (!document.hidden && now) setMark(known => nextMark(known, now, me, false));
    };
    document.addEventListener('visibilitychange', onBack);
    return () => document.removeEventListener('visibilitychange', onBack);
  }, [client, me]);
  const newest = messages.at(-1)?.sequence ?? 0;
  return {
    line: next.line,
    count: next.line === undefined ? 0 : countNew(messages, next.line, next.end ?? newest, me),
    unseen: countNew(messages, next.seen, newest, me),
  };
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange);
  addEventListener('resize', onChange);
  return () => {
    document.removeEventListener('visibilitychange', onChange);
    removeEventListener('resize', onChange);
  };
}
