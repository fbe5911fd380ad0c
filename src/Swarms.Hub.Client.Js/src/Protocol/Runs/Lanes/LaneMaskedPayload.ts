import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The data of `lane.masked`: a host masks a passage of the text that is held. */
export interface LaneMaskedPayload {
  /** The passage's first unit in the lane's text. */
  readonly start: number;
  /** The unit behind its last one. */
  readonly end: number;
}

export const LaneMaskedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is 0. */
  read(data: RoomEvent['data']): LaneMaskedPayload {
    return { start: PayloadFields.number(data, 'start') ?? 0, end: PayloadFields.number(data, 'end') ?? 0 };
  },
};
