import type { Member } from '../Members/Member.js';
import type { InvitedRoom } from './InvitedRoom.js';

/** The room that an invite leads to, as it is shown before anybody joins. */
export interface InviteLook {
  /** The room. */
  readonly room: InvitedRoom;
  /** The names of its hosts; at most 20. */
  readonly hosts: readonly string[];
  /** The role of members who join by the invite. */
  readonly role: string;
  /** The end of the invite's lifetime, in UTC with milliseconds. */
  readonly expiresAt: string;
  /** The caller, if its cookie or token stands for a member of the room already; undefined for anybody else. */
  readonly member?: Member;
}
