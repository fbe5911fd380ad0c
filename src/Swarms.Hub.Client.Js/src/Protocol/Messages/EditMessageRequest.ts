/** The request that edits a message. */
export interface EditMessageRequest {
  /** The text from now on: 1 to 16,384 UTF-16 units. The earlier one is erased. */
  readonly text: string;
  /**
   * The cursor of a frame that holds the message, or of a later frame; a cursor of another history is refused with `conflict`. Not compared
   * if left out.
   */
  readonly cursor?: string;
}
