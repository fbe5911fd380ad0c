import type { Run } from './Run.js';

/** One page of a room's runs, without their texts. */
export interface RunPage {
  /** The runs, newest first. */
  readonly runs: readonly Run[];
  /** The `before` of the next page; null on the last page. */
  readonly next: string | null;
}
