/** A new return link. Its secret is shown only here. */
export interface ReturnLinkCreated {
  /** The link. Its secret follows `#`, and browsers do not send that part. */
  readonly url: string;
  /** The end of its lifetime, in UTC with milliseconds. */
  readonly expiresAt: string;
}
