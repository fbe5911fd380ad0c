import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `message.edited`. */
export interface MessageEditedPayload {
  /** The sequence of the message. */
  readonly target: number;
  /** Its text from now on. */
  readonly text: string;
}

export const MessageEditedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, or 0. */
  read(data: RoomEvent['data']): MessageEditedPayload {
    return { target: PayloadFields.number(data, 'target') ?? 0, text: PayloadFields.text(data, 'text') ?? '' };
  },
};
