import { EventTypes } from '../../Feed/EventTypes.js';
import type { RoomEvent } from '../../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../../Feed/RoomFrame.js';
import { RoomStateMessages } from '../../Messages/RoomState.Messages.js';
import { given } from '../../PayloadFields.js';
import { GroupRevealedPayload } from './GroupRevealedPayload.js';
import { GroupStartedPayload } from './GroupStartedPayload.js';
import { GroupVotedPayload } from './GroupVotedPayload.js';
import type { GroupVotes } from './GroupVotes.js';
import type { RevealedRun } from './RevealedRun.js';
import { RunGroup } from './RunGroup.js';

/** The groups of runs and their votes. */
export abstract class RoomStateRaces extends RoomStateMessages {
  #groups: readonly RunGroup[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#groups = snapshot?.groups ?? [];
  }

  /** The groups in order of `group.started`, while one of their runs is here. */
  get groups(): readonly RunGroup[] {
    return this.#groups;
  }

  /** Returns the group with this id; undefined if the state has none. */
  findGroup(id: string | undefined): RunGroup | undefined {
    return this.#groups.find(group => group.id === id);
  }

  /** @internal */
  tryApplyToGroups(event: RoomEvent): boolean {
    switch (event.type) {
      case EventTypes.groupStarted: {
        const { group, isBlind, runs } = GroupStartedPayload.read(event.data);
        const started = { id: group, ...given('by', event.by), startedAt: event.at, isBlind, runs, votes: [] };
        this.#groups = [...this.#groups, started];
        return true;
      }
      case EventTypes.groupVoted:
        this.#vote(GroupVotedPayload.read(event.data), event.by);
        return true;
      case EventTypes.groupRevealed:
        this.#reveal(GroupRevealedPayload.read(event.data), event);
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  override isNamed(id: string): boolean {
    return this.#groups.some(group => names(group, id)) || super.isNamed(id);
  }

  /** @internal A group goes with its last run. */
  forgetGroups(isHere: (run: string) => boolean): void {
    this.#groups = this.#groups.filter(group => group.runs.some(isHere));
  }

  /** @internal */
  abstract reveal(run: RevealedRun): void;

  #vote({ group: id, run: chosen }: GroupVotedPayload, by: string | undefined): void {
    this.#change(id, group => {
      if (by === undefined || group.revealedAt !== undefined || (chosen !== undefined && !group.runs.includes(chosen))) return group;

      const votes: GroupVotes[] = group.votes
        .map(vote => ({ run: vote.run, by: [...vote.by.filter(other => other !== by), ...(vote.run === chosen ? [by] : [])] }))
        .filter(vote => vote.by.length > 0);
      if (chosen !== undefined && !votes.some(vote => vote.run === chosen)) votes.push({ run: chosen, by: [by] });

      const count = votes.reduce((sum, vote) => sum + vote.by.length, 0);
      return count > RunGroup.maxVoters ? group : { ...group, votes };
    });
  }

  #reveal({ group: id, results, runs }: GroupRevealedPayload, event: RoomEvent): void {
    this.#change(id, group => ({
      ...group,
      votes: [],
      results,
      ...given('revealedBy', group.revealedBy ?? event.by),
      revealedAt: group.revealedAt ?? event.at,
    }));
    for (const run of runs) this.reveal(run);

    this.forgetUnnamed();
  }

  #change(id: string, change: (group: RunGroup) => RunGroup): void {
    this.#groups = this.#groups.map(group => (group.id === id ? change(group) : group));
  }
}

function names(group: RunGroup, memberId: string): boolean {
  return group.by === memberId || group.revealedBy === memberId || group.votes.some(vote => vote.by.includes(memberId));
}
