import type { Invite } from './Invite.js';

/** The invites of a room that still admit somebody. */
export interface InviteList {
  /** The invites, newest first; at most 1000. */
  readonly invites: readonly Invite[];
}
