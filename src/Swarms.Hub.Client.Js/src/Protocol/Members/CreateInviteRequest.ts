import type { MemberRole } from './MemberRoles.js';

/** What creates an invite. */
export interface CreateInviteRequest {
  /** The role of those who join by it: one of `MemberRoles`. */
  readonly role: MemberRole;
  /** How many may join by it; any number if left out. */
  readonly maxUses?: number;
  /** 1 second to 30 days; 7 days if left out. */
  readonly expiresInSeconds?: number;
}
