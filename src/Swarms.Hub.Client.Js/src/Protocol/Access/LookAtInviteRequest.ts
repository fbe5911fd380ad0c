/** The request that looks at an invite. */
export interface LookAtInviteRequest {
  /** The secret after `#` in the invite's link; leave it out to give `code`. */
  readonly invite?: string;
  /** The invite's short code. */
  readonly code?: string;
}
