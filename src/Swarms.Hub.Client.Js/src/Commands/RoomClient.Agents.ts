import type { RoomAgent } from '../Protocol/Agents/RoomAgent.js';
import type { SetAgentRequest } from '../Protocol/Agents/SetAgentRequest.js';
import type { Run } from '../Protocol/Runs/Run.js';
import type { StartRunRequest } from '../Protocol/Runs/StartRunRequest.js';
import { RoomClientGroups } from './RoomClient.Groups.js';

export abstract class RoomClientAgents extends RoomClientGroups {
  /**
   * Adds an agent to the room, or replaces all of it but its secrets: those that the request does not name stay. The room's state has the
   * agents. Hosts.
   */
  setAgent(agentId: string, request: SetAgentRequest): Promise<RoomAgent> {
    return this.endpoint.send('PUT', `/agents/${encodeURIComponent(agentId)}`, request);
  }

  /** Removes an agent with its secrets. Runs that it was started for go on. Hosts. */
  removeAgent(agentId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/agents/${encodeURIComponent(agentId)}`);
  }

  /**
   * Starts a run of an agent of the room and returns it as it is accepted. Repeats the call by itself where it may not have arrived, as
   * <see cref="StartRunAsync(StartRunRequest, CancellationToken)"/> does.
   */
  startAgent(agentId: string, task: string, idempotencyKey?: string): Promise<Run> {
    const body: StartRunRequest = { agent: agentId, task, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    return this.sendStart(body);
  }
}
