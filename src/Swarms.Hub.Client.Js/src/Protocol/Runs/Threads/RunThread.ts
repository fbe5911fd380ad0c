import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';
import { MessageInclusion } from './MessageInclusion.js';

/**  */
export interface RunThread {
  /**  */
  readonly root: string;
  /** Its depth in the tree: 1 for the first turn, and one more for each run that it continues. */
  readonly turn: number;
  /** The id of the run that it continues; undefined in a first turn. */
  readonly continues?: string;
  /** The id of the run in whose place it stands, once it is queued; undefined without one. */
  readonly supersedes?: string;
  /** The number of attempts to go on from an unfinished run, this one included; undefined where it continues no such run. */
  readonly attempt?: number;
  /** The messages that go along; undefined for none. */
  readonly include?: MessageInclusion;
}

export const RunThread = {
  /** Reads the object of an event; undefined without a root. */
  read(thread: RoomEvent['data']): RunThread | undefined {
    const root = PayloadFields.text(thread, 'root');
    if (root === undefined) return undefined;

    return {
      root,
      turn: PayloadFields.number(thread, 'turn') ?? 1,
      ...given('continues', PayloadFields.text(thread, 'continues')),
      ...given('supersedes', PayloadFields.text(thread, 'supersedes')),
      ...given('attempt', PayloadFields.number(thread, 'attempt')),
      ...given('include', MessageInclusion.read(PayloadFields.object(thread, 'include'))),
    };
  },
};
