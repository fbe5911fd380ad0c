/** A message in a `Transcript`. */
export interface TranscriptMessage {
  /** The sequence of its event. */
  readonly sequence: number;
  /** In UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string | null;
  /** As it was said. */
  readonly text: string;
}
