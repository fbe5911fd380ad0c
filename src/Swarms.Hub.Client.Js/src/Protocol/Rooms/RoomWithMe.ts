import type { Member } from '../Members/Member.js';
import type { Message } from '../Messages/Message.js';
import type { Run } from '../Runs/Run.js';
import type { Room } from './Room.js';

/** A room as `GET /api/rooms/{room}` shows it: the fields of a snapshot frame, and the caller. */
export interface RoomWithMe {
  /** Always `FrameKinds.snapshot`. */
  readonly kind: 'snapshot';
  /** Always `SnapshotReasons.first`. */
  readonly reason: string;
  /** How far the room was read. Opaque; a feed resumes with it. */
  readonly cursor: string;
  /** The room itself. */
  readonly room: Room;
  /** Those who joined and have not left, in order of joining. */
  readonly members: readonly Member[];
  /** In order of `run.queued`, within the bounds of a snapshot. */
  readonly runs: readonly Run[];
  /** The newest, in sequence order. */
  readonly messages: readonly Message[];
  /** The caller. */
  readonly me: Member;
}
