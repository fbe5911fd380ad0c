import type { Run } from './Run.js';

/** Some runs of a room, newest first, without their texts. */
export interface RunPage {
  /** Newest first. */
  readonly runs: readonly Run[];
  /** Give it as `before` for the next page; null on the last. */
  readonly next: string | null;
}
