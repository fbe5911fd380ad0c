import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `run.hidden` and `run.shown`. */
export interface RunHiddenPayload {
  /** The run's id. The event belongs to the room, not to the run. */
  readonly run: string;
}

export const RunHiddenPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunHiddenPayload {
    return { run: PayloadFields.text(data, 'run') ?? '' };
  },
};
