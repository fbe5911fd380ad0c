import type { MessageReaction } from './MessageReaction.js';

/** A message of a member. */
export interface Message {
  /** The sequence of its event, which a reaction targets. */
  readonly sequence: number;
  /** The time of the message, in UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string;
  /** The text, at most 16,384 UTF-16 units. */
  readonly text: string;
  /** The reactions in order of each emoji's first use. */
  readonly reactions: readonly MessageReaction[];
}
