import type { Run } from './Run.js';

/** A run that was accepted. */
export interface RunStarted {
  /** As it stands now. */
  readonly run: Run;
}
