/** One emoji on a message and the members who gave it. */
export interface MessageReaction {
  /** The emoji as it was sent. */
  readonly emoji: string;
  /** The members' ids, each once, in order of reacting. */
  readonly by: readonly string[];
}
