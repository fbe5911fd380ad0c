import type { MemberPresence } from './MemberPresence.js';

/** The viewers of a room now. They change too often to be history, so presence is not an event. */
export interface RoomPresence {
  /** The number of connections that watch. */
  readonly viewers: number;
  /** The members whom these connections belong to; at most 500 are named. */
  readonly members: readonly MemberPresence[];
}
