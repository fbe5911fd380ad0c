import type { Invite } from './Invite.js';

/** A new invite. Its secrets are shown only here. */
export interface InviteCreated {
  /** The invite. */
  readonly invite: Invite;
  /** A link for people. Its secret follows `#`, and browsers do not send that part. */
  readonly url: string;
  /** A short code to read out. */
  readonly code: string;
}
