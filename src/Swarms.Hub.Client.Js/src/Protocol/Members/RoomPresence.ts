import type { MemberPresence } from './MemberPresence.js';

/** Who watches a room now. It changes too often to be history, so it is no event. */
export interface RoomPresence {
  /** How many connections watch. */
  readonly viewers: number;
  /** Which members they belong to; at most 500 are named. */
  readonly members: readonly MemberPresence[];
}
