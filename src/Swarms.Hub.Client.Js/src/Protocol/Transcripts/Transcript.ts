import type { Member } from '../Members/Member.js';
import type { Room } from '../Rooms/Room.js';
import type { Run } from '../Runs/Run.js';
import type { TranscriptMessage } from './TranscriptMessage.js';
import type { TranscriptReaction } from './TranscriptReaction.js';

/** A room's transcript in the format `TranscriptFormats.json`. */
export interface Transcript {
  /** The room as it is called now. */
  readonly room: Room;
  /** When it was written, in UTC with milliseconds. */
  readonly writtenAt: string;
  /** All runs with their texts, in order of `run.queued`. */
  readonly runs: readonly Run[];
  /** All messages, in sequence order. */
  readonly messages: readonly TranscriptMessage[];
  /** All reactions, in sequence order. */
  readonly reactions: readonly TranscriptReaction[];
  /** All who ever joined. */
  readonly members: readonly Member[];
}
