/** A piece of a snippet. */
export interface SnippetPiece {
  /** The text, as it was written. */
  readonly text: string;
  /** True if it is one of the words that were searched for. */
  readonly isMatch: boolean;
}
