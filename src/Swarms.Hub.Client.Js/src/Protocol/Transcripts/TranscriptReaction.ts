import type { Passage } from '../Messages/Passage.js';

/** A reaction in a `Transcript`. */
export interface TranscriptReaction {
  /** The sequence of its event. */
  readonly sequence: number;
  /** The time, in UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string | null;
  /** The emoji as it was sent. */
  readonly emoji: string;
  /** The sequence of the event reacted to. */
  readonly target: number;
  /** The passage reacted to; undefined if it is the event as a whole. */
  readonly passage?: Passage;
}
