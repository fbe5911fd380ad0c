import type { RoomAgent } from '../Protocol/Agents/RoomAgent.js';
import type { FormerMember } from '../Protocol/Members/FormerMember.js';
import type { Member } from '../Protocol/Members/Member.js';
import type { Message } from '../Protocol/Messages/Message.js';
import type { RoomSpending } from '../Protocol/Money/RoomSpending.js';
import type { Room } from '../Protocol/Rooms/Room.js';
import type { SnapshotFrame } from '../Protocol/Feed/RoomFrame.js';
import type { RunGroup } from '../Protocol/Runs/Races/RunGroup.js';
import type { Run } from '../Protocol/Runs/Run.js';

/** A room as it stands after some frame. Immutable: it may be kept and compared. */
export class RoomSnapshot {
  /** The room itself. */
  readonly room: Room;
  /** Those who joined and have not left, in order of joining. */
  readonly members: readonly Member[];
  /** Those who left and whom a run, a message or a reaction here still names, by time of joining. */
  readonly formerMembers: readonly FormerMember[];
  /** In order of `run.queued`: all that have not ended and the last that have; see PROTOCOL.md for the bounds. */
  readonly runs: readonly Run[];
  /** The newest, in sequence order. */
  readonly messages: readonly Message[];
  /** In order of creation. */
  readonly agents: readonly RoomAgent[];
  /** The groups of its runs, in order of `group.started`. */
  readonly groups: readonly RunGroup[];
  /** The room's spending; undefined before the first run that called the upstream has ended. */
  readonly spending: RoomSpending | undefined;

  private constructor(frame: SnapshotFrame) {
    this.room = frame.room;
    this.members = frame.members;
    this.formerMembers = frame.formerMembers;
    this.runs = frame.runs;
    this.messages = frame.messages;
    this.agents = frame.agents;
    this.groups = frame.groups;
    this.spending = frame.spending;
  }

  /** The run with that id; undefined where the room's state holds none. */
  findRun(id: string | undefined): Run | undefined {
    return id === undefined ? undefined : this.runs.findLast(run => run.id === id);
  }

  /** The message with that sequence; undefined where the room's state holds none. */
  findMessage(sequence: number | undefined): Message | undefined {
    return sequence === undefined ? undefined : this.messages.findLast(message => message.sequence === sequence);
  }

  /** The member with that id; undefined where none is in the room. */
  findMember(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.members.find(member => member.id === id);
  }

  /** The room's agent with that id; undefined where it has none. */
  findAgent(id: string | undefined): RoomAgent | undefined {
    return id === undefined ? undefined : this.agents.find(agent => agent.id === id);
  }

  /** The group with that id; undefined where the room's state has none. */
  findGroup(id: string | undefined): RunGroup | undefined {
    return id === undefined ? undefined : this.groups.find(group => group.id === id);
  }

  /** The name of the present or former member with that id; undefined where the room's state has none. */
  findName(id: string | undefined): string | undefined {
    return this.findMember(id)?.name ?? this.formerMembers.find(former => former.id === id)?.name;
  }

  /** @internal */
  static of(frame: SnapshotFrame): RoomSnapshot {
    return new RoomSnapshot(frame);
  }
}
