import type { Passage } from '../Messages/Passage.js';

/** A message in a `Transcript`. */
export interface TranscriptMessage {
  /** The sequence of its event. */
  readonly sequence: number;
  /** The time, in UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string | null;
  /** The text; empty once it was removed. */
  readonly text: string;
  /** The sequence of the message that it answers; undefined if it answers none. */
  readonly replyTo?: number;
  /** The passage that it quotes; undefined if it quotes none. */
  readonly quote?: Passage;
  /** The time of its last edit; undefined if there was none. */
  readonly editedAt?: string;
  /** The id of the member who removed it; undefined unless it was removed. */
  readonly removedBy?: string;
  /** The time of its removal; undefined unless it was removed. */
  readonly removedAt?: string;
}
