import type { RoomAgent } from '../Agents/RoomAgent.js';
import type { FormerMember } from '../Members/FormerMember.js';
import type { Member } from '../Members/Member.js';
import type { Message } from '../Messages/Message.js';
import type { RoomSpending } from '../Money/RoomSpending.js';
import type { RunGroup } from '../Runs/Races/RunGroup.js';
import type { Run } from '../Runs/Run.js';
import type { Room } from './Room.js';

/** A room as `GET /api/rooms/{room}` shows it: the fields of a snapshot frame, and the caller. */
export interface RoomWithMe {
  /** Always `FrameKinds.snapshot`. */
  readonly kind: 'snapshot';
  /** Always `SnapshotReasons.first`. */
  readonly reason: string;
  /** The opaque position up to which the room was read; a feed resumes with it. */
  readonly cursor: string;
  /** The room itself. */
  readonly room: Room;
  /** The present members in order of joining. */
  readonly members: readonly Member[];
  /** Those who left and whom a run, a message or a reaction names, by time of joining. */
  readonly formerMembers: readonly FormerMember[];
  /** The runs in order of `run.queued`, within the bounds of a snapshot. */
  readonly runs: readonly Run[];
  /** The newest messages in sequence order. */
  readonly messages: readonly Message[];
  /** The agents in order of creation. */
  readonly agents: readonly RoomAgent[];
  /** The groups of the runs, in order of `group.started`. */
  readonly groups: readonly RunGroup[];
  /** The spending; undefined before the first run that called the upstream has ended. */
  readonly spending?: RoomSpending;
  /** The caller. */
  readonly me: Member;
}
