import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import type { Member } from './Member.js';
import { MemberLeftPayload } from './MemberLeftPayload.js';
import { MemberPayload } from './MemberPayload.js';

/** The members and their hands. Each noun's part of the fold is a class of its own, and all are one chain that ends in `RoomState`. */
export abstract class RoomStateMembers {
  #members: readonly Member[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    this.#members = snapshot?.members.map(member => MemberPayload.toMember(MemberPayload.of(member), member.handRaised ?? false)) ?? [];
  }

  /** Who joined and has not left, in order of joining. */
  get members(): readonly Member[] {
    return this.#members;
  }

  /** The member with that id; undefined where none is in the room. */
  findMember(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.#members.find(member => member.id === id);
  }

  /** @internal */
  tryApplyToMembers(event: RoomEvent): boolean {
    switch (event.type) {
      case EventTypes.memberJoined:
        this.#members = [...this.#members, MemberPayload.toMember(MemberPayload.read(event.data), false)];
        return true;
      case EventTypes.memberChanged: {
        // A change of name or role says nothing about the hand.
        const changed = MemberPayload.read(event.data);
        this.#change(changed.member.id, before => MemberPayload.toMember(changed, before.handRaised));
        return true;
      }
      case EventTypes.memberLeft: {
        const { id } = MemberLeftPayload.read(event.data).member;
        this.#members = this.#members.filter(member => member.id !== id);
        return true;
      }
      case EventTypes.handRaised:
      case EventTypes.handLowered:
        this.#change(event.by, member => ({ ...member, handRaised: event.type === EventTypes.handRaised }));
        return true;
      default:
        return false;
    }
  }

  #change(id: string | undefined, change: (member: Member) => Member): void {
    // Somebody who left is not brought back by a change that was on its way.
    this.#members = this.#members.map(member => member.id === id ? change(member) : member);
  }
}
