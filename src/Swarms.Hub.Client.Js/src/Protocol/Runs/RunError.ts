import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The reason why a run failed. */
export interface RunError {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** A sentence; the upstream's own words where it gave any. */
  readonly message: string;
}

export const RunError = {
  /** Reads the data of an `error` event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunError {
    return { code: PayloadFields.text(data, 'code') ?? '', message: PayloadFields.text(data, 'message') ?? '' };
  },
};
