import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `message.removed`. */
export interface MessageRemovedPayload {
  /** The sequence of the message. The event's `by` names who removed it. */
  readonly target: number;
}

export const MessageRemovedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is 0. */
  read(data: RoomEvent['data']): MessageRemovedPayload {
    return { target: PayloadFields.number(data, 'target') ?? 0 };
  },
};
