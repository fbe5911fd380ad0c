import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { RunHistory } from './Threads/RunHistory.js';

/** The data of `run.started`. */
export interface RunStartedPayload {
  /** The history that the upstream gets; undefined for a run without one. */
  readonly history?: RunHistory;
}

export const RunStartedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RunStartedPayload {
    const history = PayloadFields.optionalObject(data, 'history');
    return given('history', history && RunHistory.read(history));
  },
};
