import type { MemberAttendance } from './MemberAttendance.js';

/** Who watched a room, when and how long. Hosts only. */
export interface RoomAttendance {
  /** The members who watched, former ones too, in the order in which they first came. */
  readonly members: readonly MemberAttendance[];
  /** False if older times were left out, because there are more than an answer holds. */
  readonly isWhole: boolean;
}
