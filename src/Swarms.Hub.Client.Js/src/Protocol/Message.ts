/** Something a member said. */
export interface Message {
  /** The sequence of its event; what a reaction targets. */
  readonly sequence: number;
  readonly at: string;
  /** The member's id. */
  readonly by: string;
  readonly text: string;
  /** In order of each emoji's first use. */
  readonly reactions: readonly MessageReaction[];
}

/** Who gave a message one emoji. */
export interface MessageReaction {
  readonly emoji: string;
  /** Member ids, each once, in order of reacting. */
  readonly by: readonly string[];
}
