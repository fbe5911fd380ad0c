import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** A tool that a model wants called; the data of `tool_call`. The hub never calls one. */
export interface RunToolCall {
  /** The call's id; undefined if the upstream gives none. */
  readonly id?: string;
  /** The tool's name. */
  readonly name: string;
  /**
   * The arguments as the model wrote them, JSON unless the model failed at it; in a run's state cut at `maxArgumentsLength`.
   */
  readonly arguments: string;
  /** The agent who calls it; undefined unless the upstream names one. */
  readonly agent?: string;
}

export const RunToolCall = {
  /** The length at which a run's state cuts arguments, in UTF-16 units. */
  maxArgumentsLength: 4_000,

  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunToolCall {
    return {
      ...given('id', PayloadFields.text(data, 'id')),
      name: PayloadFields.text(data, 'name') ?? '',
      arguments: PayloadFields.text(data, 'arguments') ?? '',
      ...given('agent', PayloadFields.text(data, 'agent')),
    };
  },
};
