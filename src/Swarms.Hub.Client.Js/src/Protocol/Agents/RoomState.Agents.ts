import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { AgentPayload } from './AgentPayload.js';
import { AgentRemovedPayload } from './AgentRemovedPayload.js';
import type { RoomAgent } from './RoomAgent.js';

/** The agents. */
export abstract class RoomStateAgents {
  /** The number of agents that a room may have. */
  static readonly maxAgents = 20;

  #agents: readonly RoomAgent[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    this.#agents = snapshot?.agents.map(agent => AgentPayload.read({ agent }).agent) ?? [];
  }

  /** The agents in order of creation. */
  get agents(): readonly RoomAgent[] {
    return this.#agents;
  }

  /** Returns the agent with this id; undefined if there is none. */
  findAgent(id: string | undefined): RoomAgent | undefined {
    return id === undefined ? undefined : this.#agents.find(agent => agent.id === id);
  }

  /** @internal */
  tryApplyToAgents(event: RoomEvent): boolean {
    switch (event.type) {
      case EventTypes.agentChanged:
        this.#set(AgentPayload.read(event.data).agent);
        return true;
      case EventTypes.agentRemoved: {
        const removed = AgentRemovedPayload.read(event.data).agent.id;
        this.#agents = this.#agents.filter(agent => agent.id !== removed);
        return true;
      }
      default:
        return false;
    }
  }

  #set(agent: RoomAgent): void {
    this.#agents = this.#agents.some(other => other.id === agent.id)
      ? this.#agents.map(other => (other.id === agent.id ? agent : other))
      : [...this.#agents, agent];
  }
}
