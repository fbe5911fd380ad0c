import type { GroupResult } from './GroupResult.js';
import type { GroupVotes } from './GroupVotes.js';

/** Several runs of one prompt, started at one time, and the votes for them. */
export interface RunGroup {
  /** An opaque, URL-safe id that sorts by creation. */
  readonly id: string;
  /** The id of the member who started it. */
  readonly by?: string;
  /** The time of `group.started`, in UTC with milliseconds. */
  readonly startedAt: string;
  /** True if agents, models, usage and errors of its runs are hidden until a host reveals them. */
  readonly isBlind: boolean;
  /** The ids of its runs in order of their numbers. */
  readonly runs: readonly string[];
  /** The votes until the group is revealed, in order of each run's first vote. */
  readonly votes: readonly GroupVotes[];
  /** Once revealed: the votes of each run that is left, most first. */
  readonly results?: readonly GroupResult[];
  /** Once revealed: the id of the host who revealed it. */
  readonly revealedBy?: string;
  /** Once revealed: the time of that, in UTC with milliseconds. */
  readonly revealedAt?: string;
}

export const RunGroup = {
  /** The most runs of one group. */
  maxRuns: 6,
  /** The most members who can vote in one group. */
  maxVoters: 500,
};
