import { given } from '../Protocol/PayloadFields.js';
import type { Run } from '../Protocol/Runs/Run.js';
import type { MessageInclusion } from '../Protocol/Runs/Threads/MessageInclusion.js';
import { RoomClientGroups } from './RoomClient.Groups.js';

/** The parts of a run that goes on from another one; each may be left out. */
export interface ThreadOptions {
  /** An agent of the room; the run's own if left out. */
  readonly agentId?: string;
  /** Messages of the room that go along; none if left out. */
  readonly include?: MessageInclusion;
}

export abstract class RoomClientThreads extends RoomClientGroups {
  /**
   * Continues a run that has ended: the upstream gets its task and text, and those of the runs before it, as history. A run that failed,
   * was cancelled or was interrupted is continued with the text that it has.
   */
  continueRun(runId: string, task: string, { agentId, include }: ThreadOptions = {}): Promise<Run> {
    return this.sendStart({ continues: runId, task, ...given('agent', agentId), ...given('include', include) });
  }

  /** Starts a run that stands in the place of one that has ended. It continues the same run. */
  retryRun(runId: string, task?: string, { agentId, include }: ThreadOptions = {}): Promise<Run> {
    return this.sendStart({ supersedes: runId, ...given('task', task), ...given('agent', agentId), ...given('include', include) });
  }
}
