import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';
import { GroupResult } from './GroupResult.js';
import { RevealedRun } from './RevealedRun.js';

/**
 * The data of `group.revealed`. When a run of a revealed group is removed, the event is erased and appended anew without that run.
 */
export interface GroupRevealedPayload {
  /** The group's id. */
  readonly group: string;
  /** The votes of each run that is left, most first; runs with as many votes are in order of their numbers. */
  readonly results: readonly GroupResult[];
  /** The facts that a blind group has hidden of each run; empty for another group. */
  readonly runs: readonly RevealedRun[];
}

export const GroupRevealedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): GroupRevealedPayload {
    const objects = (name: string) => PayloadFields.list(data, name).map(item => PayloadFields.object({ item }, 'item'));
    return {
      group: PayloadFields.text(data, 'group') ?? '',
      results: objects('results').map(result => GroupResult.read(result)),
      runs: objects('runs').map(run => RevealedRun.read(run)),
    };
  },
};
