import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The data of `run.placed`. */
export interface RunPlacedPayload {
  /** Its place among the proposals from now on. */
  readonly rank: number;
}

export const RunPlacedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunPlacedPayload {
    return { rank: PayloadFields.number(data, 'rank') ?? 0 };
  },
};
