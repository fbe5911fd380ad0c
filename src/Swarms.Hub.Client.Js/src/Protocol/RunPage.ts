import type { Run } from './Run.js';

/** Some runs of a room, newest first, without their texts. */
export interface RunPage {
  readonly runs: readonly Run[];
  /** Give it as `before` for the next page; null on the last. */
  readonly next: string | null;
}

/** Which runs to list. */
export interface ListRunsRequest {
  /** Searches tasks and texts; part of a word will do. */
  readonly q?: string;
  /** A run's id: list those before it. */
  readonly before?: string;
  /** 1 to 100; 20 if left out. */
  readonly limit?: number;
}
