import type { MemberRole } from '../Members/MemberRoles.js';

/** An invite to a room. */
export interface Invite {
  /** The id by which it is taken back. */
  readonly id: string;
  /** The role of members who join by it. */
  readonly role: MemberRole;
  /** The number of members who may join by it; null for any number. */
  readonly maxUses: number | null;
  /** The number of members who have joined by it. */
  readonly uses: number;
  /** The end of its lifetime, in UTC with milliseconds. */
  readonly expiresAt: string;
  /** The id of the host who made it; null for the hub's operator. */
  readonly by: string | null;
}
