import type { SearchResult } from './SearchResult.js';

/** One page of a room's search results. */
export interface SearchPage {
  /** The results of the page, the best first; those of one rank, the newest first. */
  readonly results: readonly SearchResult[];
  /** The `before` of the next page, whose results are all older; null on the last page. */
  readonly next: number | null;
  /** False while the hub has not yet read all of the room into its index, so that something may be missing. */
  readonly isComplete: boolean;
}
