import type { Invite } from './Invite.js';

/** A new invite. Its secrets are shown this once. */
export interface InviteCreated {
  /** The invite. */
  readonly invite: Invite;
  /** A link for people; its secret stands behind `#`, which browsers do not send. */
  readonly url: string;
  /** A short code to read out. */
  readonly code: string;
}
