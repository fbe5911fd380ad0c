import type { MemberWatching } from './MemberWatching.js';

/** How the members of a room follow it. Hosts only. */
export interface RoomWatching {
  /** The members, in no order. In a change, those who are different. */
  readonly members: readonly MemberWatching[];
}
