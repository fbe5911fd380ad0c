import type { MemberPresence } from './MemberPresence.js';

/** The viewers of a room now. They change too often to be history, so presence is not an event. */
export interface RoomPresence {
  /** The number of connections that watch. */
  readonly viewers: number;
  /** The members whom these connections belong to; at most 500 are named. In a change, those that are new or different. */
  readonly members: readonly MemberPresence[];
  /** The ids of the members who left, in a change; undefined in a whole presence. */
  readonly left?: readonly string[];
}

export const RoomPresence = {
  /**
   * Returns the whole presence after what the hub told: that itself if it is whole, otherwise this one with the change. Members keep the
   * order in which they came.
   */
  apply(presence: RoomPresence, told: RoomPresence): RoomPresence {
    if (told.left === undefined) return told;

    const left = new Set(told.left);
    const changed = new Map(told.members.map(member => [member.id, member]));
    const kept = presence.members.filter(member => !left.has(member.id)).map(member => take(changed, member));
    return { viewers: told.viewers, members: [...kept, ...changed.values()] };
  },
};

function take(changed: Map<string, MemberPresence>, member: MemberPresence): MemberPresence {
  const now = changed.get(member.id);
  changed.delete(member.id);
  return now ?? member;
}
