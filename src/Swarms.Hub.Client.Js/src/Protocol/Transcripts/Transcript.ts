import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { Member } from '../Members/Member.js';
import type { Room } from '../Rooms/Room.js';
import type { Run } from '../Runs/Run.js';
import type { TranscriptMessage } from './TranscriptMessage.js';
import type { TranscriptReaction } from './TranscriptReaction.js';

/** A room's transcript in the format `TranscriptFormats.json`. */
export interface Transcript {
  /** The room, with its name at the time of writing. */
  readonly room: Room;
  /** The time of writing, in UTC with milliseconds. */
  readonly writtenAt: string;
  /** All runs with their texts, in order of `run.queued`. */
  readonly runs: readonly Run[];
  /** All messages, in sequence order. */
  readonly messages: readonly TranscriptMessage[];
  /** All reactions that were not taken back, in sequence order. */
  readonly reactions: readonly TranscriptReaction[];
  /** All other events outside runs, as on the wire, in sequence order: who came and left, hands, votes, settings, spending. */
  readonly events: readonly RoomEvent[];
  /** All members who ever joined. */
  readonly members: readonly Member[];
}
