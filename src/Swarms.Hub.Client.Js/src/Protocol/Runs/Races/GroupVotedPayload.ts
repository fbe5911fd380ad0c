import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** The data of `group.voted`. A member has one vote in a group: a later one replaces it. */
export interface GroupVotedPayload {
  /** The group's id. */
  readonly group: string;
  /** The run that the member votes for; undefined where the member takes the vote back. */
  readonly run?: string;
}

export const GroupVotedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): GroupVotedPayload {
    return { group: PayloadFields.text(data, 'group') ?? '', ...given('run', PayloadFields.text(data, 'run')) };
  },
};
