import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `run.moved`. */
export interface RunMovedPayload {
  /** The run's new place in the room's queue. */
  readonly position?: number;
}

export const RunMovedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is undefined. */
  read(data: RoomEvent['data']): RunMovedPayload {
    return given('position', PayloadFields.number(data, 'position'));
  },
};
