import type { MessageReaction } from './MessageReaction.js';
import type { Passage } from './Passage.js';

/** A message of a member. */
export interface Message {
  /** The sequence of its event, which a reaction targets. */
  readonly sequence: number;
  /** The time of the message, in UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string;
  /** The text, at most 16,384 UTF-16 units; empty once it was removed. */
  readonly text: string;
  /** The reactions in order of each emoji's first use. */
  readonly reactions: readonly MessageReaction[];
  /** The sequence of the message that it answers, which may be removed or out of reach. */
  readonly replyTo?: number;
  /** The passage of a run that it quotes. */
  readonly quote?: Passage;
  /** The time of its last edit, in UTC with milliseconds. */
  readonly editedAt?: string;
  /** Once removed: the id of the member who removed it. */
  readonly removedBy?: string;
  /** The time of its removal, in UTC with milliseconds. */
  readonly removedAt?: string;
}
