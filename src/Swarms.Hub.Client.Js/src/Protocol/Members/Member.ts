import type { MemberRole } from './MemberRoles.js';

/** A person or program admitted to a room. */
export interface Member {
  /** Opaque, URL-safe, sorts by creation. */
  readonly id: string;
  /** 1 to 100 characters. */
  readonly name: string;
  /** One of `MemberRoles`. */
  readonly role: MemberRole;
  /** In UTC with milliseconds. */
  readonly joinedAt: string;
  /** True between `hand.raised` and `hand.lowered`. */
  readonly handRaised: boolean;
}
