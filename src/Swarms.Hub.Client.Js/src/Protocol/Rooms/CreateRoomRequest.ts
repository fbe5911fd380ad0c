/** What creates a room. */
export interface CreateRoomRequest {
  /** The room's name: 1 to 200 characters. */
  readonly name: string;
  /** The caller's name in it: 1 to 100 characters; `Host` if left out. */
  readonly memberName?: string;
  /** `cookie`: set a cookie instead of returning the token. */
  readonly session?: 'cookie';
}
