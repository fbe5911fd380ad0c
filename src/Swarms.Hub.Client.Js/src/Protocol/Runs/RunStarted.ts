import type { Run } from './Run.js';

/** The answer to a run that was accepted. */
export interface RunStarted {
  /** The run as it stands now. */
  readonly run: Run;
}
