import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import type { RunAgent } from './RunAgent.js';
import { type RunKind, RunKinds } from './RunKinds.js';

/** The data of `run.queued`. */
export interface RunQueuedPayload {
  /** One of `RunKinds`. */
  readonly kind: RunKind;
  /** The agent's name and model. */
  readonly agent: RunAgent;
  /** The task, cut at `Run.maxTaskLength`. */
  readonly task: string;
  /** The whole task's length; undefined where it is whole. */
  readonly taskLength?: number;
  /** 0 where the run starts at once; else its place in the room's queue. */
  readonly position?: number;
}

export const RunQueuedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunQueuedPayload {
    const agent = PayloadFields.object(data, 'agent');
    return {
      kind: (PayloadFields.text(data, 'kind') ?? RunKinds.agent) as RunKind,
      agent: { name: PayloadFields.text(agent, 'name') ?? null, model: PayloadFields.text(agent, 'model') ?? null },
      task: PayloadFields.text(data, 'task') ?? '',
      ...given('taskLength', PayloadFields.number(data, 'taskLength')),
      ...given('position', PayloadFields.number(data, 'position')),
    };
  },
};
