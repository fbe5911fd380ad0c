import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `hand.raised` and `hand.lowered`. */
export interface HandPayload {
  /** Of a hand that a host lowered: its member's id. Otherwise the event's `by` names the member. */
  readonly member?: string;
}

export const HandPayload = {
  /** Reads the data of an event. A field that is missing or of another type is undefined. */
  read(data: RoomEvent['data']): HandPayload {
    return given('member', PayloadFields.text(data, 'member'));
  },
};
