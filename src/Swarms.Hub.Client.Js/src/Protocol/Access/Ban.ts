/** A browser that may not join the room again. */
export interface Ban {
  /** The id by which it is lifted. */
  readonly id: string;
  /** The name of the member who was removed. */
  readonly name: string;
  /** The time of the removal, in UTC with milliseconds. */
  readonly at: string;
  /** The id of the host who removed the member. */
  readonly by: string;
}
