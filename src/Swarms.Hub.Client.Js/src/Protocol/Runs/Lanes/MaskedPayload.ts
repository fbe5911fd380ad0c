import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** The data of `masked`: a passage of the run's text is missing here. */
export interface MaskedPayload {
  /** Its length in UTF-16 units. */
  readonly length: number;
  /** The agent who wrote it; undefined unless the upstream names one. */
  readonly agent?: string;
}

export const MaskedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): MaskedPayload {
    return { length: PayloadFields.number(data, 'length') ?? 0, ...given('agent', PayloadFields.text(data, 'agent')) };
  },
};
