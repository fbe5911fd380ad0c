/** Who gave a message one emoji. */
export interface MessageReaction {
  /** The emoji as it was sent. */
  readonly emoji: string;
  /** Member ids, each once, in order of reacting. */
  readonly by: readonly string[];
}
