import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { RunReservation } from '../Money/RunReservation.js';
import { RunHold } from './Lanes/RunHold.js';
import { GroupPlace } from './Races/GroupPlace.js';
import { RunAgent } from './RunAgent.js';
import { type RunKind, RunKinds } from './RunKinds.js';
import { RunThread } from './Threads/RunThread.js';

/** The data of `run.queued`. */
export interface RunQueuedPayload {
  /** One of `RunKinds`. */
  readonly kind: RunKind;
  /** The agent's name and model, and its id if it is an agent of the room. */
  readonly agent: RunAgent;
  /** The task, cut at `Run.maxTaskLength`; empty where the message is the task. */
  readonly task: string;
  /** The whole task's length; undefined unless the task was cut. */
  readonly taskLength?: number;
  /** The run's place in the room's queue; 0 if it starts at once. */
  readonly position?: number;
  /** The sequence of the message that the run answers; undefined if it answers none. */
  readonly message?: number;
  /** The part of a budget that the run holds; undefined without a budget. */
  readonly reserved?: RunReservation;
  /**  */
  readonly thread?: RunThread;
  /** The run's place in its group; undefined without one. */
  readonly group?: GroupPlace;
  /** The hold of the run's text; undefined where the room gets it at once. */
  readonly hold?: RunHold;
}

export const RunQueuedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunQueuedPayload {
    const reserved = PayloadFields.optionalObject(data, 'reserved');
    return {
      kind: (PayloadFields.text(data, 'kind') ?? RunKinds.agent) as RunKind,
      agent: RunAgent.read(PayloadFields.object(data, 'agent')),
      task: PayloadFields.text(data, 'task') ?? '',
      ...given('taskLength', PayloadFields.number(data, 'taskLength')),
      ...given('position', PayloadFields.number(data, 'position')),
      ...given('message', PayloadFields.number(data, 'message')),
      ...given('reserved', reserved && RunReservation.read(reserved)),
      ...given('thread', RunThread.read(PayloadFields.object(data, 'thread'))),
      ...given('group', GroupPlace.read(PayloadFields.object(data, 'group'))),
      ...given('hold', RunHold.read(PayloadFields.object(data, 'hold'))),
    };
  },
};
