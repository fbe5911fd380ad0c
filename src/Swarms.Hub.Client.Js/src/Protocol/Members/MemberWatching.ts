/** How one member follows the room. */
export interface MemberWatching {
  /** The member's id. */
  readonly id: string;
  /** One of `WatchingStates`. */
  readonly state: string;
  /** The number of events that it has yet to be given; undefined unless it is behind. */
  readonly behind?: number;
  /** The end of its last connection, in UTC with milliseconds; undefined unless it is gone, or if it never watched. */
  readonly since?: string;
}
