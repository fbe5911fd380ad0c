import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `cancelled` and `interrupted`. */
export interface RunReasonPayload {
  /** One of `RunReasons`. */
  readonly reason?: string;
}

export const RunReasonPayload = {
  /** Reads the data of an event. A field that is missing or of another type is undefined. */
  read(data: RoomEvent['data']): RunReasonPayload {
    return given('reason', PayloadFields.text(data, 'reason'));
  },
};
