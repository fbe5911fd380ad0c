/** Somebody who left a room, and whom a run, a message or a reaction in its state still names. */
export interface FormerMember {
  /** The member's id. */
  readonly id: string;
  /** The member's last name in the room. */
  readonly name: string;
  /** The time of joining, in UTC with milliseconds. */
  readonly joinedAt: string;
}
