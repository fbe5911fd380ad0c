import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `done`. */
export interface DonePayload {
  /** The length of the run's whole text in UTF-8 bytes. */
  readonly bytes?: number;
  /** The text's SHA-256, in lower-case hex. */
  readonly sha256?: string;
}

export const DonePayload = {
  /** Reads the data of an event. A field that is missing or of another type is undefined. */
  read(data: RoomEvent['data']): DonePayload {
    return { ...given('bytes', PayloadFields.number(data, 'bytes')), ...given('sha256', PayloadFields.text(data, 'sha256')) };
  },
};
