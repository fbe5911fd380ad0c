import { RoomStateMoney } from '../Money/RoomState.Money.js';
import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import type { FormerMember } from './FormerMember.js';
import { HandPayload } from './HandPayload.js';
import type { Member } from './Member.js';
import { MemberLeftPayload } from './MemberLeftPayload.js';
import { MemberPayload } from './MemberPayload.js';

/**
 * The members and their hands, and the names of those who left. Each noun's part of the fold is a class of its own, and all are one chain
 * that ends in `RoomState`.
 */
export abstract class RoomStateMembers extends RoomStateMoney {
  /** The number of former members whose names are kept; the first to join go first. */
  static readonly maxFormerMembers = 500;

  #members: readonly Member[];
  #formerMembers: readonly FormerMember[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#members =
      snapshot?.members.map(member => MemberPayload.toMember(MemberPayload.of(member), member.handRaised ?? false, member.handRaisedAt)) ??
      [];
    this.#formerMembers = snapshot?.formerMembers.map(({ id, name, joinedAt }) => ({ id, name, joinedAt })) ?? [];
  }

  /** The present members in order of joining. */
  get members(): readonly Member[] {
    return this.#members;
  }

  /** The members who left and whom a run, a message or a reaction here still names, by time of joining. */
  get formerMembers(): readonly FormerMember[] {
    return this.#formerMembers;
  }

  /** Returns the present member with this id; undefined if there is none. */
  findMember(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.#members.find(member => member.id === id);
  }

  /** Returns the name of the present or former member with this id; undefined if neither has it. */
  findName(id: string | undefined): string | undefined {
    return this.findMember(id)?.name ?? this.#formerMembers.find(former => former.id === id)?.name;
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
        this.#change(changed.member.id, before => MemberPayload.toMember(changed, before.handRaised, before.handRaisedAt));
        return true;
      }
      case EventTypes.memberLeft:
        this.#leave(MemberLeftPayload.read(event.data).member.id);
        return true;
      case EventTypes.handRaised:
        this.#change(event.by, member => ({ ...member, handRaised: true, handRaisedAt: event.at }));
        return true;
      case EventTypes.handLowered:
        this.#change(HandPayload.read(event.data).member ?? event.by, ({ handRaisedAt, ...member }) => ({ ...member, handRaised: false }));
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  abstract isNamed(id: string): boolean;

  /** @internal Called when a run, a message or a reaction that named members is dropped. */
  forgetUnnamed(): void {
    this.#formerMembers = this.#formerMembers.filter(former => this.isNamed(former.id));
  }

  #leave(id: string): void {
    const left = this.findMember(id);
    this.#members = this.#members.filter(member => member.id !== id);
    if (!left || !this.isNamed(id)) return;

    const former = { id, name: left.name, joinedAt: left.joinedAt };
    this.#formerMembers = [...this.#formerMembers, former].sort(compare).slice(-RoomStateMembers.maxFormerMembers);
  }

  #change(id: string | undefined, change: (member: Member) => Member): void {
    // Somebody who left is not brought back by a change that was on its way.
    this.#members = this.#members.map(member => (member.id === id ? change(member) : member));
  }
}

function compare(one: FormerMember, other: FormerMember): number {
  const [a, b] = one.joinedAt === other.joinedAt ? [one.id, other.id] : [one.joinedAt, other.joinedAt];
  return a < b ? -1 : a > b ? 1 : 0;
}
