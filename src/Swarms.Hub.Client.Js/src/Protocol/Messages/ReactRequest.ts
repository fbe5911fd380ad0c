/** A reaction on its way to an event. */
export interface ReactRequest {
  /** The event's sequence. */
  readonly target: number;
  /** 1 to 64 UTF-16 units. */
  readonly emoji: string;
  /**
   * The cursor of a frame that holds the event, or of any later one. In another history the sequence is another event's: then the
   * reaction is refused with `conflict`. Not compared if left out.
   */
  readonly cursor?: string;
}
