import type { MemberAttendance } from './MemberAttendance.js';

/** The times at which members watched a room. Hosts only. */
export interface RoomAttendance {
  /** The members who watched, former ones too, in the order in which they first came. */
  readonly members: readonly MemberAttendance[];
  /** False if older times were left out, because there are more than an answer holds. */
  readonly isWhole: boolean;
}
