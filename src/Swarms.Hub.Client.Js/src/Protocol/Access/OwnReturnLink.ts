/** Says whether the caller has a return link that still works. Its secret is not known any more. */
export interface OwnReturnLink {
  /** The end of its lifetime, in UTC with milliseconds; null if there is none. */
  readonly expiresAt: string | null;
}
