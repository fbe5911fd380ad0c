import type { Member } from '../Protocol/Member.js';
import type { Message } from '../Protocol/Message.js';
import type { Room } from '../Protocol/Room.js';
import type { RoomState } from './RoomState.js';
import type { Run } from '../Protocol/Run.js';

/** A room as it stands after some frame. Immutable: it may be kept and compared; what did not change keeps its identity. */
export class RoomSnapshot {
  readonly room: Room;
  /** Who joined and has not left, in order of joining. */
  readonly members: readonly Member[];
  /** In order of `run.queued`: all that have not ended and the last that have; see PROTOCOL.md for the bounds. */
  readonly runs: readonly Run[];
  /** The newest, in sequence order. */
  readonly messages: readonly Message[];

  constructor(state: RoomState) {
    this.room = state.room;
    this.members = state.members;
    this.runs = state.runs.map(run => run.toRun());
    this.messages = state.messages;
  }

  findRun(id: string | undefined): Run | undefined {
    return id === undefined ? undefined : this.runs.findLast(run => run.id === id);
  }

  findMember(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.members.find(member => member.id === id);
  }
}
