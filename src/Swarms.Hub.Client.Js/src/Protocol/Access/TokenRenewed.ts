/** The caller's new token. The old one is revoked. */
export interface TokenRenewed {
  /** The new token. */
  readonly token: string;
  /** The end of its lifetime, in UTC with milliseconds; null if it has none. */
  readonly expiresAt: string | null;
}
