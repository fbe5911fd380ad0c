/** The request that changes a room. */
export interface ChangeRoomRequest {
  /** The new name: 1 to 200 characters. */
  readonly name: string;
}
