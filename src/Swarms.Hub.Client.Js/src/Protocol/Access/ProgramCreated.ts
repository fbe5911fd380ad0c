import type { Member } from '../Members/Member.js';

/** A new program with its token, which is shown only here. */
export interface ProgramCreated {
  /** The program as a member of the room. */
  readonly member: Member;
  /** The program's token. */
  readonly token: string;
  /** The end of the token's lifetime, in UTC with milliseconds; null if it has none. */
  readonly expiresAt: string | null;
}
