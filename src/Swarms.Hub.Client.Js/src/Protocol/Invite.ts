import type { MemberRole } from './Member.js';

/** A way into a room. */
export interface Invite {
  readonly id: string;
  /** The role of those who join by it. */
  readonly role: MemberRole;
  /** How many may join by it; null for any number. */
  readonly maxUses: number | null;
  readonly expiresAt: string;
}

/** A new invite. Its secrets are shown this once. */
export interface InviteCreated {
  readonly invite: Invite;
  /** A link for people; its secret stands behind `#`, which browsers do not send. */
  readonly url: string;
  /** A short code to read out. */
  readonly code: string;
}

/** What creates an invite. */
export interface CreateInviteRequest {
  readonly role: MemberRole;
  /** How many may join by it; any number if left out. */
  readonly maxUses?: number;
  /** 1 second to 30 days; 7 days if left out. */
  readonly expiresInSeconds?: number;
}
