import type { Ban } from './Ban.js';
import type { Invite } from './Invite.js';

/** The answer to removing a member with a ban. */
export interface MemberBanned {
  /** The ban of its browser; null where the member had a token only, which a ban cannot tell from others. */
  readonly ban: Ban | null;
  /** The invites by which the member came and that still admit somebody: take them back, or replace them. */
  readonly invites: readonly Invite[];
}
