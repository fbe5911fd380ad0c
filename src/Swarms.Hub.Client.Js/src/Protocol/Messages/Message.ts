import type { MessageReaction } from './MessageReaction.js';

/** Something a member said. */
export interface Message {
  /** The sequence of its event; what a reaction targets. */
  readonly sequence: number;
  /** In UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string;
  /** At most 16,384 UTF-16 units. */
  readonly text: string;
  /** In order of each emoji's first use. */
  readonly reactions: readonly MessageReaction[];
}
