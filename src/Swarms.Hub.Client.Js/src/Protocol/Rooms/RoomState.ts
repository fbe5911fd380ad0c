import { EventTypes } from '../Feed/EventTypes.js';
import { FrameKinds } from '../Feed/FrameKinds.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { given } from '../PayloadFields.js';
import { RoomStateRuns } from '../Runs/RoomState.Runs.js';
import type { Room } from './Room.js';
import { RoomPayload } from './RoomPayload.js';

/**
 * The fold of a room's events: what a snapshot shows and what a client holds. Server and clients fold by these same rules (PROTOCOL.md,
 * "The state of a room"). One loop applies, and what it hands out (`members`, `Run`, `Message`, `RoomAgent`) is immutable.
 */
export class RoomState extends RoomStateRuns {
  /**
   * The version of these rules, which every cursor contains: a viewer that folded by others gets a snapshot. Raise it with any change of
   * the state's content.
   */
  static readonly version = 6;

  #room: Room;

  /** A room before its first event, or as a snapshot shows it. */
  constructor(from: Room | SnapshotFrame) {
    super('kind' in from ? from : undefined);
    const { id, name, createdAt, settings, lane } = 'kind' in from ? from.room : from;
    this.#room = { id, name, createdAt, ...given('settings', settings), ...given('lane', lane) };
  }

  /** The room itself. */
  get room(): Room {
    return this.#room;
  }

  /** Applies the next event. Events come in sequence order, each once; unknown types change nothing. */
  apply(event: RoomEvent): void {
    if (this.tryApplyToRuns(event) || this.tryApplyToMembers(event) || this.tryApplyToMessages(event)) return;
    if (this.tryApplyToAgents(event) || this.tryApplyToMoney(event) || this.tryApplyToGroups(event)) return;

    if (event.type === EventTypes.roomCreated || event.type === EventTypes.roomChanged)
      this.#room = { ...this.#room, ...RoomPayload.read(event.data) };
  }

  /** Returns the state as a snapshot frame. */
  toSnapshot(cursor: string, reason: string): SnapshotFrame {
    return {
      kind: FrameKinds.snapshot,
      reason,
      cursor,
      room: this.#room,
      members: this.members,
      formerMembers: this.formerMembers,
      runs: this.runs.map(run => run.toRun()),
      messages: this.messages,
      agents: this.agents,
      groups: this.groups,
      ...given('spending', this.spending),
    };
  }
}
