import type { Passage } from '../Messages/Passage.js';

/** A passage of a run, with its place and the beginning of its text. */
export interface RunPassage {
  /** The reference. */
  readonly passage: Passage;
  /** The first UTF-16 unit of it in the run's text. */
  readonly start: number;
  /** The end of it in the run's text: the unit behind the last one. */
  readonly end: number;
  /** The text, cut at `maxTextLength`. */
  readonly text: string;
}
