import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

const maxOffset = 2_147_483_647;

/** A passage of a run's text: a reference to its chunks, never a copy. Offsets count UTF-16 units in the `content` of a chunk. */
export interface Passage {
  /** The run's id. */
  readonly run: string;
  /** The sequence of the first chunk. */
  readonly from: number;
  /** The first unit, in the first chunk. */
  readonly fromOffset: number;
  /** The sequence of the last chunk; it may be the first one. */
  readonly to: number;
  /** The end in the last chunk: the unit behind the last one. */
  readonly toOffset: number;
}

export const Passage = {
  /** Reads the field of this name of an event's data; undefined if it is no passage. */
  read(data: RoomEvent['data'], name: string): Passage | undefined {
    const passage = PayloadFields.object(data, name);
    const run = PayloadFields.text(passage, 'run');
    const from = PayloadFields.number(passage, 'from');
    const fromOffset = offset(passage, 'fromOffset');
    const to = PayloadFields.number(passage, 'to');
    const toOffset = offset(passage, 'toOffset');
    return run === undefined || from === undefined || fromOffset === undefined || to === undefined || toOffset === undefined
      ? undefined
      : { run, from, fromOffset, to, toOffset };
  },
};

function offset(passage: RoomEvent['data'], name: string): number | undefined {
  const value = PayloadFields.number(passage, name);
  return value !== undefined && value >= 0 && value <= maxOffset ? value : undefined;
}
