import type { Member } from '../Members/Member.js';
import type { Room } from './Room.js';

/** The answer to creating or joining a room. */
export interface RoomAdmission {
  /** The room. */
  readonly room: Room;
  /** The caller as a member. */
  readonly member: Member;
  /** The member's token; undefined if a cookie was asked for. */
  readonly token?: string;
  /** The end of the token's lifetime, in UTC with milliseconds; undefined if it has none. */
  readonly expiresAt?: string;
}
