import type { MemberRole } from './MemberRoles.js';

/** A person or a program in a room. */
export interface Member {
  /** An opaque, URL-safe id that sorts by creation. */
  readonly id: string;
  /** The name: 1 to 100 characters. */
  readonly name: string;
  /** One of `MemberRoles`. */
  readonly role: MemberRole;
  /** The time of joining, in UTC with milliseconds. */
  readonly joinedAt: string;
  /** True between `hand.raised` and `hand.lowered`. */
  readonly handRaised: boolean;
  /** True for a program whose runs need no approval in a moderated room; left out for all others. */
  readonly unmoderated?: boolean;
  /** The time at which the hand was raised, in UTC with milliseconds; undefined while it is down. */
  readonly handRaisedAt?: string;
}
