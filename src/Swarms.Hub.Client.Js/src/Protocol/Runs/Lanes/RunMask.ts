/** A passage that a host masked before the room got the text. */
export interface RunMask {
  /** The place in the run's text at which it is missing, in UTF-16 units. */
  readonly at: number;
  /** Its length in UTF-16 units. */
  readonly length: number;
}
