import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import type { RunWaitReason } from './RunWaitReasons.js';

/** The data of `run.waiting`. It names neither the upstream nor the model. */
export interface RunWaitingPayload {
  /** The time before which the run does not call the upstream, in UTC with milliseconds. */
  readonly until?: string;
  /** The calls of this run that the upstream refused so far; 0 if another run met the limit first. */
  readonly attempt: number;
  /** One of `RunWaitReasons`. */
  readonly reason: RunWaitReason;
}

export const RunWaitingPayload = {
  /** Reads the data of an event. A time that is missing or of another type is undefined, a text empty, a number 0. */
  read(data: RoomEvent['data']): RunWaitingPayload {
    return {
      ...given('until', PayloadFields.text(data, 'until')),
      attempt: PayloadFields.number(data, 'attempt') ?? 0,
      reason: (PayloadFields.text(data, 'reason') ?? '') as RunWaitReason,
    };
  },
};
