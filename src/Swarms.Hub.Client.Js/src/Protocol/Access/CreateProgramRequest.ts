import type { MemberRole } from '../Members/MemberRoles.js';

/** The request that admits a program. */
export interface CreateProgramRequest {
  /** The program's name in the room: 1 to 100 characters. */
  readonly name: string;
  /** One of `MemberRoles`; participant if left out. */
  readonly role?: MemberRole;
  /** True if the program's runs need no approval in a moderated room; false if left out. */
  readonly unmoderated?: boolean;
  /** The token's lifetime in seconds: 1 second to ten years; without an end if left out. */
  readonly expiresInSeconds?: number;
}
