import type { Member } from '../Members/Member.js';
import type { Room } from './Room.js';

/** What creating or joining a room gives. */
export interface RoomAdmission {
  /** The room. */
  readonly room: Room;
  /** The caller in it. */
  readonly member: Member;
  /** Stands for that member; undefined where a cookie was asked for. */
  readonly token?: string;
}
