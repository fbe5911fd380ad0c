/** A room as people see it who have an invite to it. */
export interface InvitedRoom {
  /** The room's name. */
  readonly name: string;
}
