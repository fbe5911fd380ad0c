/** The request that creates a room. */
export interface CreateRoomRequest {
  /** The room's name: 1 to 200 characters. */
  readonly name: string;
  /** The caller's name in the room: 1 to 100 characters; `Host` if left out. */
  readonly memberName?: string;
  /** With `cookie` the hub sets a cookie instead of returning the token. */
  readonly session?: 'cookie';
  /** The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie. */
  readonly expiresInSeconds?: number;
}
