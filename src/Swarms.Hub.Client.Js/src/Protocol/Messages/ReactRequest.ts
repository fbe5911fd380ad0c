import type { Passage } from './Passage.js';

/** The request that reacts to an event or to a passage of a run, or takes that back. */
export interface ReactRequest {
  /** The event's sequence. With a passage it may be left out. */
  readonly target: number;
  /** The emoji: 1 to 64 UTF-16 units. */
  readonly emoji: string;
  /** The passage; left out for the event as a whole. */
  readonly passage?: Passage;
  /**
   * The cursor of a frame that holds the event, or of a later frame. In another history the sequence names another event, so a cursor of
   * one is refused with `conflict`. Not compared if left out.
   */
  readonly cursor?: string;
}
