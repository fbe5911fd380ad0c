import type { Member } from './Member.js';
import type { Room } from './Room.js';

/** What creating or joining a room gives. */
export interface RoomAdmission {
  readonly room: Room;
  /** The caller in it. */
  readonly member: Member;
  /** Stands for that member; left out where a cookie was asked for. */
  readonly token?: string;
}
