import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `agent.removed`. */
export interface AgentRemovedPayload {
  /** The agent that is gone. */
  readonly agent: { readonly id: string };
}

export const AgentRemovedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): AgentRemovedPayload {
    return AgentRemovedPayload.of(PayloadFields.text(PayloadFields.object(data, 'agent'), 'id') ?? '');
  },

  /** Creates the payload for the agent. */
  of(agentId: string): AgentRemovedPayload {
    return { agent: { id: agentId } };
  },
};
