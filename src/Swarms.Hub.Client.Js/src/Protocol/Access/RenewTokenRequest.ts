/** The request that exchanges the caller's token. */
export interface RenewTokenRequest {
  /** The new token's lifetime in seconds: 1 second to ten years; without an end if left out. */
  readonly expiresInSeconds?: number;
}
