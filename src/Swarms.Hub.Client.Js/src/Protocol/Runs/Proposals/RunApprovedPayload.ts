import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The data of `run.approved`. */
export interface RunApprovedPayload {
  /** True if the host changed the task; the `run.queued` that follows has the task that is sent. */
  readonly isEdited: boolean;
}

export const RunApprovedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunApprovedPayload {
    return { isEdited: PayloadFields.flag(data, 'isEdited') ?? false };
  },
};
