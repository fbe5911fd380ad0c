import type { MessageInclusion } from '../Threads/MessageInclusion.js';
import type { GroupEntry } from './GroupEntry.js';

/** The request that starts one prompt with several agents as one group. */
export interface StartGroupRequest {
  /** The prompt, which each run gets as its task. */
  readonly task: string;
  /** Its runs: 2 to `RunGroup.maxRuns`. */
  readonly runs: readonly GroupEntry[];
  /** True to hide agents, models, usage and errors until a host reveals them. */
  readonly isBlind?: boolean;
  /** The id of the run that all of them continue; undefined for a first turn. */
  readonly continues?: string;
  /** The messages that go along; undefined for none. */
  readonly include?: MessageInclusion;
  /** Starting twice with one key and the same request starts one group. 1 to 200 characters. */
  readonly idempotencyKey?: string;
}
