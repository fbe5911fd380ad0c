/** The run whose lane this is. A lane is watched like a room. */
export interface RoomLane {
  /** The id of the run's room. */
  readonly room: string;
  /** The run's id. */
  readonly run: string;
}
