import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `room.created` and `room.changed`. */
export interface RoomNamePayload {
  /** The room's name from then on. */
  readonly name: string;
}

export const RoomNamePayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RoomNamePayload {
    return { name: PayloadFields.text(data, 'name') ?? '' };
  },
};
