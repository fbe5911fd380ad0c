import type { MemberRole } from './MemberRoles.js';

/** What changes a member. */
export interface ChangeMemberRequest {
  /** The new role; hosts only. */
  readonly role?: MemberRole;
  /** The new name: 1 to 100 characters. */
  readonly name?: string;
}
