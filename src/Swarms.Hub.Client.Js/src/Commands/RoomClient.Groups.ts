import type { OwnVote } from '../Protocol/Runs/Races/OwnVote.js';
import type { RunGroup } from '../Protocol/Runs/Races/RunGroup.js';
import type { StartGroupRequest } from '../Protocol/Runs/Races/StartGroupRequest.js';
import type { VoteRequest } from '../Protocol/Runs/Races/VoteRequest.js';
import { newKey, RoomClientRuns } from './RoomClient.Runs.js';

export abstract class RoomClientGroups extends RoomClientRuns {
  /**
   * Starts one prompt with several agents as a group, and returns it as it is accepted. Repeats the call by itself where it may not have
   * arrived, as <see cref="StartRunAsync(StartRunRequest, CancellationToken)"/> does.
   */
  startGroup(request: StartGroupRequest): Promise<RunGroup> {
    const body: StartGroupRequest = { ...request, idempotencyKey: request.idempotencyKey ?? newKey() };
    return this.endpoint.send('POST', '/groups', body, true);
  }

  /** Votes for a run of the group, in place of an earlier vote. */
  voteForRun(groupId: string, runId: string): Promise<void> {
    const body: VoteRequest = { run: runId };
    return this.endpoint.done('PUT', `/groups/${encodeURIComponent(groupId)}/vote`, body, true);
  }

  /** Takes the vote in the group back. */
  takeBackVote(groupId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/groups/${encodeURIComponent(groupId)}/vote`, undefined, true);
  }

  /** Returns the caller's own vote in the group. A group that was revealed has no votes of single members any more. */
  getVote(groupId: string): Promise<OwnVote> {
    return this.endpoint.send('GET', `/groups/${encodeURIComponent(groupId)}/vote`, undefined, true);
  }

  /** Ends the voting, and shows what a blind group hid. All its runs must have ended. Hosts. */
  revealGroup(groupId: string): Promise<RunGroup> {
    return this.endpoint.send('POST', `/groups/${encodeURIComponent(groupId)}/reveal`, undefined, false);
  }
}
