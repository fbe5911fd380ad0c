import type { MemberRole } from './MemberRoles.js';

/** A way into a room. */
export interface Invite {
  /** What takes it back. */
  readonly id: string;
  /** The role of those who join by it. */
  readonly role: MemberRole;
  /** How many may join by it; null for any number. */
  readonly maxUses: number | null;
  /** In UTC with milliseconds. */
  readonly expiresAt: string;
}
