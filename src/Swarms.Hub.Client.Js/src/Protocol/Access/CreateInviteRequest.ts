import type { MemberRole } from '../Members/MemberRoles.js';

/** The request that creates an invite. */
export interface CreateInviteRequest {
  /** The role of members who join by it: one of `MemberRoles`. */
  readonly role: MemberRole;
  /** The number of members who may join by it; any number if left out. */
  readonly maxUses?: number;
  /** The lifetime: 1 second to 30 days; 7 days if left out. */
  readonly expiresInSeconds?: number;
  /** The id of an invite that this one replaces: it is taken back at the same moment. */
  readonly replaces?: string;
}
