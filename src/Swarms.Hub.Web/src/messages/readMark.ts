import type { Message } from 'swarms-hub-client';

/** How far a reader is with the messages of a room. */
export interface ReadMark {
  /** The sequence of the newest message that was in sight. */
  readonly seen: number;
  /** The sequence of the last message above the line of what is new; undefined without a line. */
  readonly line?: number;
  /** The sequence of the newest message below the line, once the reader came to it. */
  readonly end?: number;
}

/** Begins where the reader was when the room was last open, if this device knows. */
export function firstMark(stored: unknown, messages: readonly Message[], me: string | undefined): ReadMark {
  const newest = messages.at(-1)?.sequence ?? 0;
  if (typeof stored !== 'number' || stored >= newest) return { seen: newest };

  return countNew(messages, stored, newest, me) === 0 ? { seen: newest } : { seen: stored, line: stored };
}

/**
 * Moves on. While the reader does not look, the first message of another draws a line above it. The line stays when the reader is back, so
 * that it can be found, and goes with the reader's own next message or with the next line.
 */
export function nextMark(mark: ReadMark, messages: readonly Message[], me: string | undefined, isLooking: boolean): ReadMark {
  const newest = messages.at(-1)?.sequence ?? 0;
  const isOwnNewest = newest > mark.seen && messages.at(-1)?.by === me;
  if (isLooking) {
    // The messages below the line may not be drawn yet.
    if (mark.line !== undefined && mark.end === undefined)
      return newest > mark.line ? { seen: newest, line: mark.line, end: newest } : mark;
    if (newest <= mark.seen) return mark;

    return isOwnNewest ? { seen: newest } : { ...mark, seen: newest };
  }

  const isNew = countNew(messages, mark.seen, newest, me) > 0;
  return isNew && (mark.line === undefined || mark.end !== undefined) ? { seen: mark.seen, line: mark.seen } : mark;
}

/** Counts the messages of others behind one, up to another. */
export function countNew(messages: readonly Message[], after: number, to: number, me: string | undefined): number {
  return messages.filter(({ sequence, by }) => sequence > after && sequence <= to && by !== me).length;
}
