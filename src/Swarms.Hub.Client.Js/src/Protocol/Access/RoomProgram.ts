import type { MemberRole } from '../Members/MemberRoles.js';

/** A program that a host has admitted. It is a member of the room; removing that member revokes its token. */
export interface RoomProgram {
  /** The program's member id. */
  readonly id: string;
  /** Its name in the room. */
  readonly name: string;
  /** Its role. */
  readonly role: MemberRole;
  /** The id of the host who admitted it. */
  readonly by: string;
  /** The time of its admission, in UTC with milliseconds. */
  readonly createdAt: string;
  /** The end of its token's lifetime, in UTC with milliseconds; null if it has none. */
  readonly expiresAt: string | null;
  /** Its token's last use, to the hour; the time of its creation before the first. */
  readonly lastUsedAt: string;
}
