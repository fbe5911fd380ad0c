/** The request that says something in a room. */
export interface SayRequest {
  /** The text: 1 to 16,384 UTF-16 units. */
  readonly text: string;
}
