import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The history that the upstream got with a run, and the part that was left out. */
export interface RunHistory {
  /** The earlier turns that were sent: the newest, within the hub's limits. */
  readonly turns: number;
  /** The turns that were left out: beyond the limits, or removed. */
  readonly omittedTurns: number;
  /** The messages that were sent. */
  readonly messages: number;
  /** The messages that were left out: beyond the limits, or removed. */
  readonly omittedMessages: number;
  /** The length of the history in UTF-8 bytes. */
  readonly bytes: number;
}

export const RunHistory = {
  /** Reads the object of an event. A figure that is missing or of another type is 0. */
  read(history: RoomEvent['data']): RunHistory {
    const count = (name: string) => PayloadFields.number(history, name) ?? 0;
    return {
      turns: count('turns'),
      omittedTurns: count('omittedTurns'),
      messages: count('messages'),
      omittedMessages: count('omittedMessages'),
      bytes: count('bytes'),
    };
  },
};
