/** What admits the caller to a room. */
export interface JoinRequest {
  /** The secret behind `#` in the invite's url; or else `code`. */
  readonly invite?: string;
  /** The invite's short code. */
  readonly code?: string;
  /** The caller's name in the room: 1 to 100 characters. */
  readonly name: string;
  /** `cookie`: set a cookie instead of returning the token. */
  readonly session?: 'cookie';
}
