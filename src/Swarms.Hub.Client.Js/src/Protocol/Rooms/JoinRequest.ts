/** The request that joins a room. */
export interface JoinRequest {
  /** The secret after `#` in the invite's link; leave it out to give `code`. */
  readonly invite?: string;
  /** The invite's short code. */
  readonly code?: string;
  /** The caller's name in the room: 1 to 100 characters. A caller who is a member already keeps the name it has. */
  readonly name?: string;
  /** With `cookie` the hub sets a cookie instead of returning the token. */
  readonly session?: 'cookie';
  /** The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie. */
  readonly expiresInSeconds?: number;
}
