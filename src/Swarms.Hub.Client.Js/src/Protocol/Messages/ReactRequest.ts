/** The request that reacts to an event. */
export interface ReactRequest {
  /** The event's sequence. */
  readonly target: number;
  /** The emoji: 1 to 64 UTF-16 units. */
  readonly emoji: string;
  /**
   * The cursor of a frame that holds the event, or of a later frame. In another history the sequence names another event, so a cursor of
   * one is refused with `conflict`. Not compared if left out.
   */
  readonly cursor?: string;
}
