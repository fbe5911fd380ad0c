/** A time in which a member watched, by any number of connections. A short cut does not end it. */
export interface AttendanceTime {
  /** Its beginning, in UTC with milliseconds. */
  readonly from: string;
  /** Its end, or now while it goes on, in UTC with milliseconds. */
  readonly until: string;
}
