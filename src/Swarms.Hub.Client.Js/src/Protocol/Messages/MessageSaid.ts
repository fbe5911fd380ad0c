/** The answer to a message that was appended. */
export interface MessageSaid {
  /** The sequence of the message. */
  readonly sequence: number;
}
