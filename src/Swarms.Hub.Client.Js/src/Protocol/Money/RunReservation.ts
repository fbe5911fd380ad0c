import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The part of a budget that a run holds until its usage is known; undefined where no budget counts it or nothing bounds it. */
export interface RunReservation {
  /** The most tokens that it asks the upstream for. */
  readonly tokens?: number;
  /** Its cost at the operator's prices, a decimal as text. */
  readonly estimatedCost?: string;
}

export const RunReservation = {
  /** Reads the object of an event. A field that is missing or of another type is undefined. */
  read(reserved: RoomEvent['data']): RunReservation {
    return {
      ...given('tokens', PayloadFields.number(reserved, 'tokens')),
      ...given('estimatedCost', PayloadFields.text(reserved, 'estimatedCost')),
    };
  },
};
