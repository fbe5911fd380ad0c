import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The data of `lane.released`: a host releases the text up to a place. */
export interface LaneReleasedPayload {
  /** The place in the lane's text, in UTF-16 units. */
  readonly to: number;
}

export const LaneReleasedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is 0. */
  read(data: RoomEvent['data']): LaneReleasedPayload {
    return { to: PayloadFields.number(data, 'to') ?? 0 };
  },
};
