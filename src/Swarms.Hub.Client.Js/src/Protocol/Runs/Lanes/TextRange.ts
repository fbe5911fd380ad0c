/** A passage of a text, in UTF-16 units. */
export interface TextRange {
  /** Its first unit. */
  readonly start: number;
  /** The unit behind its last one. */
  readonly end: number;
}
