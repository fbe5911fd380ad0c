import type { AttendanceTime } from './AttendanceTime.js';

/** The times in which one member watched a room. */
export interface MemberAttendance {
  /** The member's id. */
  readonly id: string;
  /** The member's name, or the last one that it had. */
  readonly name: string;
  /** The member's role, or the last one that it had. */
  readonly role: string;
  /** The whole time in seconds. */
  readonly seconds: number;
  /** True if it watches now. */
  readonly isHere: boolean;
  /** The times, oldest first. */
  readonly times: readonly AttendanceTime[];
}
