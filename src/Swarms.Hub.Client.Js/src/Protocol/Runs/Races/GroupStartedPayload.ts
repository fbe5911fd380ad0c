import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The data of `group.started`. Its runs' `run.queued` follow in the same commit. */
export interface GroupStartedPayload {
  /** The group's id. */
  readonly group: string;
  /** True if what tells the agents apart is hidden until a host reveals it. */
  readonly isBlind: boolean;
  /** The ids of its runs in order of their numbers. */
  readonly runs: readonly string[];
}

export const GroupStartedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): GroupStartedPayload {
    return {
      group: PayloadFields.text(data, 'group') ?? '',
      isBlind: PayloadFields.isTrue(data, 'isBlind'),
      runs: PayloadFields.texts(data, 'runs'),
    };
  },
};
