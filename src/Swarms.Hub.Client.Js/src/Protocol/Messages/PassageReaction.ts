import type { Passage } from './Passage.js';

/** One emoji on a passage of a run, and the members who gave it. */
export interface PassageReaction {
  /** The emoji as it was sent. */
  readonly emoji: string;
  /** The passage. */
  readonly passage: Passage;
  /** The members' ids, each once, in order of reacting. */
  readonly by: readonly string[];
}
