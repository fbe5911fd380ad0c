/** A reaction in a `Transcript`. */
export interface TranscriptReaction {
  /** The sequence of its event. */
  readonly sequence: number;
  /** In UTC with milliseconds. */
  readonly at: string;
  /** The member's id. */
  readonly by: string | null;
  /** The emoji as it was sent. */
  readonly emoji: string;
  /** The sequence of the event that it was given to. */
  readonly target: number;
}
