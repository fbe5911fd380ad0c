import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';
import { RunQueuedPayload } from '../RunQueuedPayload.js';

/** The data of `run.proposed`. */
export interface RunProposedPayload extends Omit<RunQueuedPayload, 'position' | 'reserved' | 'group' | 'hold'> {
  /** Its place among the proposals: they stand in order of their ranks. */
  readonly rank: number;
}

export const RunProposedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunProposedPayload {
    const { position, reserved, group, hold, ...proposed } = RunQueuedPayload.read(data);
    return { ...proposed, rank: PayloadFields.number(data, 'rank') ?? 0 };
  },
};
