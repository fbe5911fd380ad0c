import { EventTypes, isEnding } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import type { Member } from '../Members/Member.js';
import type { Message } from '../Messages/Message.js';
import { RunState } from '../Runs/RunState.js';
import type { Room } from './Room.js';

/**
 * The fold of a room's events: what a snapshot shows and what a client holds. Server and clients fold by these same rules (PROTOCOL.md,
 * "The state of a room"). One loop applies, and what it hands out (`members`, `Run`, `Message`) is immutable.
 */
export class RoomState {
  /**
   * The version of these rules, and a part of every cursor: a viewer that folded by others is given a snapshot. Raise it with any change of
   * what a state holds.
   */
  static readonly version = 1;
  /** So many of the newest messages are kept. */
  static readonly maxMessages = 200;
  /** So many ended runs are kept; runs that have not ended always are. */
  static readonly maxEndedRuns = 50;
  /** So much text of ended runs is kept, in UTF-16 units, counted from the newest back. */
  static readonly maxEndedTextLength = 1_048_576;

  #room: Room;
  #members: readonly Member[] = [];
  #runs: readonly RunState[] = [];
  #messages: readonly Message[] = [];

  /** A room before its first event, or as a snapshot shows it. */
  constructor(from: Room | SnapshotFrame) {
    if (!('kind' in from)) {
      this.#room = toRoom(from);
      return;
    }

    this.#room = toRoom(from.room);
    this.#members = from.members.map(toMember);
    this.#runs = from.runs.map(run => new RunState(run));
    this.#messages = from.messages.map(toMessage);
  }

  /** The room itself. */
  get room(): Room {
    return this.#room;
  }

  /** Who joined and has not left, in order of joining. */
  get members(): readonly Member[] {
    return this.#members;
  }

  /** In order of `run.queued`. */
  get runs(): readonly RunState[] {
    return this.#runs;
  }

  /** The newest, in sequence order. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The run with that id; undefined where the state holds none. */
  findRun(id: string | undefined): RunState | undefined {
    return id === undefined ? undefined : this.#runs.findLast(run => run.id === id);
  }

  /** The member with that id; undefined where none is in the room. */
  findMember(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.#members.find(member => member.id === id);
  }

  /** Applies the next event. Events come in sequence order, each once; unknown types change nothing. */
  apply(event: RoomEvent): void {
    if (event.type === EventTypes.runQueued) {
      this.#runs = [...this.#runs, RunState.fromQueued(event)];
      this.#trim();
    } else if (event.run !== undefined) {
      this.findRun(event.run)?.apply(event);
      if (isEnding(event.type))
        this.#trim();
    } else {
      this.#applyToRoom(event);
    }
  }

  /** The state as a snapshot frame. */
  toSnapshot(cursor: string, reason: string): SnapshotFrame {
    return {
      kind: 'snapshot',
      reason,
      cursor,
      room: this.#room,
      members: this.#members,
      runs: this.#runs.map(run => run.toRun()),
      messages: this.#messages,
    };
  }

  #applyToRoom(event: RoomEvent): void {
    switch (event.type) {
      case EventTypes.roomCreated:
      case EventTypes.roomChanged:
        this.#room = { ...this.#room, name: String(event.data['name']) };
        break;
      case EventTypes.memberJoined:
        this.#members = [...this.#members, toMember(event.data['member'] as Member)];
        break;
      case EventTypes.memberChanged: {
        const now = toMember(event.data['member'] as Member);
        // A change of name or role says nothing about the hand, and does not bring back somebody who left.
        this.#members = this.#members.map(member => (member.id === now.id ? { ...now, handRaised: member.handRaised } : member));
        break;
      }
      case EventTypes.memberLeft: {
        const { id } = event.data['member'] as { id: string };
        this.#members = this.#members.filter(member => member.id !== id);
        break;
      }
      case EventTypes.handRaised:
      case EventTypes.handLowered:
        this.#members = this.#members.map(member =>
          member.id === event.by ? { ...member, handRaised: event.type === EventTypes.handRaised } : member);
        break;
      case EventTypes.message:
        this.#messages = [...this.#messages.slice(1 - RoomState.maxMessages), {
          sequence: event.sequence,
          at: event.at,
          by: event.by ?? '',
          text: String(event.data['text']),
          reactions: [],
        }];
        break;
      case EventTypes.reaction:
        this.#react(event);
        break;
    }
  }

  #react(event: RoomEvent): void {
    const { by } = event;
    const emoji = String(event.data['emoji']);
    if (by === undefined)
      return;

    this.#messages = this.#messages.map(message => {
      if (message.sequence !== event.data['target'])
        return message;

      const reaction = message.reactions.find(r => r.emoji === emoji);
      if (!reaction)
        return { ...message, reactions: [...message.reactions, { emoji, by: [by] }] };

      return reaction.by.includes(by)
        ? message
        : { ...message, reactions: message.reactions.map(r => (r === reaction ? { emoji, by: [...r.by, by] } : r)) };
    });
  }

  #trim(): void {
    let ended = 0;
    let textLength = 0;
    let isFull = false;
    const kept: RunState[] = [];
    for (const run of this.#runs.toReversed()) {
      if (run.hasEnded) {
        if (++ended > RoomState.maxEndedRuns)
          continue;

        textLength += run.textLength;
        // A text that is gone has left no length to count, so it closes the account for all that are older.
        isFull ||= textLength > RoomState.maxEndedTextLength || !run.hasText;
        if (isFull)
          run.dropText();
      }

      kept.push(run);
    }

    this.#runs = kept.reverse();
  }
}

function toRoom({ id, name, createdAt }: Room): Room {
  return { id, name, createdAt };
}

function toMember({ id, name, role, joinedAt, handRaised }: Member): Member {
  return { id, name, role, joinedAt, handRaised: handRaised ?? false };
}

function toMessage({ sequence, at, by, text, reactions }: Message): Message {
  return { sequence, at, by, text, reactions: reactions ?? [] };
}
