import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { HostAbsences } from './HostAbsences.js';

/** How a room holds the text of its runs back: hosts see it first, in the run's lane. */
export interface HoldBack {
  /** The time after which the others get a text, 0 to `maxSeconds`; undefined where a host releases it. */
  readonly seconds?: number;
  /** True if a lane is kept for the hosts; otherwise it is erased once its run has ended. */
  readonly keepLane?: boolean;
  /** The effect of 15 s without a host: one of `HostAbsences`. */
  readonly withoutHost: string;
}

export const HoldBack = {
  /** The longest time for which a text is held. */
  maxSeconds: 60,

  /** Reads the object of an event. A field that is missing or of another type has its initial value. */
  read(holdBack: RoomEvent['data']): HoldBack {
    return {
      ...given('seconds', PayloadFields.number(holdBack, 'seconds')),
      ...given('keepLane', PayloadFields.isTrue(holdBack, 'keepLane') || undefined),
      withoutHost: PayloadFields.text(holdBack, 'withoutHost') ?? HostAbsences.stop,
    };
  },
};
