/** A message that was appended. */
export interface MessageSaid {
  /** Its sequence. */
  readonly sequence: number;
}
