import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** A run's text is held back: hosts see it first, in the run's lane. */
export interface RunHold {
  /** The id of the lane, which hosts watch like a room. */
  readonly lane: string;
  /** The time after which the text is released; undefined where a host releases it. */
  readonly seconds?: number;
}

export const RunHold = {
  /** Reads the object of an event; undefined without a lane. */
  read(hold: RoomEvent['data']): RunHold | undefined {
    const lane = PayloadFields.text(hold, 'lane');
    return lane === undefined ? undefined : { lane, ...given('seconds', PayloadFields.number(hold, 'seconds')) };
  },
};
