import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `message`. */
export interface MessagePayload {
  /** What was said. */
  readonly text: string;
}

export const MessagePayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): MessagePayload {
    return { text: PayloadFields.text(data, 'text') ?? '' };
  },
};
