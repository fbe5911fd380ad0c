import type { MemberRole } from './MemberRoles.js';

/** The request that changes a member. */
export interface ChangeMemberRequest {
  /** The new role; only a host may change it. */
  readonly role?: MemberRole;
  /** The new name: 1 to 100 characters. */
  readonly name?: string;
}
