/** The request that opens a return link. */
export interface ReturnRequest {
  /** The link, or the secret after its `#`. */
  readonly secret: string;
  /** With `cookie` the hub sets a cookie instead of returning the token. */
  readonly session?: 'cookie';
  /** The lifetime of the token in seconds: 1 second to ten years; without an end if left out. Not for a cookie. */
  readonly expiresInSeconds?: number;
}
