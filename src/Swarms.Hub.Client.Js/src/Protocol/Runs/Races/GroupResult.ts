import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The number of votes for one run of a revealed group. */
export interface GroupResult {
  /** The run's id. */
  readonly run: string;
  /** The number of votes. */
  readonly votes: number;
}

export const GroupResult = {
  /** Reads the object of an event. A field that is missing or of another type is empty. */
  read(result: RoomEvent['data']): GroupResult {
    return { run: PayloadFields.text(result, 'run') ?? '', votes: PayloadFields.number(result, 'votes') ?? 0 };
  },
};
