import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The agent or swarm that runs, as the request names it. */
export interface RunAgent {
  /** The agent's or swarm's name; null if the request has none. */
  readonly name: string | null;
  /** The model's name; null if the request has none. */
  readonly model: string | null;
  /** The id of the room's agent; undefined if the run was started by a request of its own. */
  readonly id?: string;
}

export const RunAgent = {
  /** Reads the object of an event. A field that is missing or of another type is null. */
  read(agent: RoomEvent['data']): RunAgent {
    return {
      name: PayloadFields.text(agent, 'name') ?? null,
      model: PayloadFields.text(agent, 'model') ?? null,
      ...given('id', PayloadFields.text(agent, 'id')),
    };
  },
};
