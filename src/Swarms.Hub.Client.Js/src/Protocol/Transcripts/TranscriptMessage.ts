/** A message in a `Transcript`. */
export interface TranscriptMessage {
  /** The sequence of its event. */
  readonly sequence: number;
  /** The time, in UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string | null;
  /** The text. */
  readonly text: string;
}
