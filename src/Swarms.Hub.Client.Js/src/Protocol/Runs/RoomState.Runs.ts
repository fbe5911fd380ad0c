import { EventTypes, isEnding } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import type { Passage } from '../Messages/Passage.js';
import { LaneMaskedPayload } from './Lanes/LaneMaskedPayload.js';
import { LaneReleasedPayload } from './Lanes/LaneReleasedPayload.js';
import type { RevealedRun } from './Races/RevealedRun.js';
import { RoomStateRaces } from './Races/RoomState.Races.js';
import { RunHiddenPayload } from './RunHiddenPayload.js';
import { RunState } from './RunState.js';
import { RunStates } from './RunStates.js';

/** The runs, and how much of them is kept. */
export abstract class RoomStateRuns extends RoomStateRaces {
  /** The number of ended runs that are kept; open runs are always kept. */
  static readonly maxEndedRuns = 50;
  /**
   * The length of ended runs' tasks and texts that is kept, in UTF-16 units, counted from the newest run back. An ended run beyond it
   * has no text, and a short task.
   */
  static readonly maxEndedTextLength = 1_048_576;
  /** The length of the task of a run whose text is left out, in UTF-16 units. */
  static readonly maxShortTaskLength = 200;

  #runs: readonly RunState[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#runs = snapshot?.runs.map(run => new RunState(run)) ?? [];
    this.#trim();
  }

  /** The runs in order of their first events. */
  get runs(): readonly RunState[] {
    return this.#runs;
  }

  /** The proposals in the order in which they stand. */
  get proposals(): readonly RunState[] {
    const rank = (run: RunState) => run.toRun().rank ?? 0;
    return this.#runs.filter(run => run.state === RunStates.proposed).sort((one, other) => rank(one) - rank(other));
  }

  /** Returns the run with this id; undefined if the state has none. */
  findRun(id: string | undefined): RunState | undefined {
    return id === undefined ? undefined : this.#runs.findLast(run => run.id === id);
  }

  /** @internal */
  tryApplyToRuns(event: RoomEvent): boolean {
    const isFirst = event.type === EventTypes.runProposed || event.type === EventTypes.runQueued;
    if (isFirst && this.findRun(event.run) === undefined) {
      this.#runs = [...this.#runs, RunState.fromFirst(event)];
      this.#trim();
      return true;
    }

    if (event.type === EventTypes.laneMasked || event.type === EventTypes.laneReleased) {
      this.#applyToLane(event);
      return true;
    }

    if (event.type === EventTypes.runHidden || event.type === EventTypes.runShown || event.type === EventTypes.runRemoved) {
      this.#hideOrRemove(event);
      return true;
    }

    if (event.run === undefined) return false;

    this.findRun(event.run)?.apply(event);
    if (isEnding(event.type)) this.#trim();

    return true;
  }

  /** @internal */
  override isNamed(id: string): boolean {
    return this.#runs.some(run => run.names(id)) || super.isNamed(id);
  }

  /** @internal */
  override changeReaction(runId: string, type: string, emoji: string, passage: Passage, by: string): void {
    const run = this.findRun(runId);
    if (type === EventTypes.reaction) run?.addReaction(emoji, passage, by);
    else run?.removeReaction(emoji, passage, by);
  }

  /** @internal */
  override reveal(revealed: RevealedRun): void {
    this.findRun(revealed.run)?.reveal(revealed);
  }

  // A lane has one run.
  #applyToLane(event: RoomEvent): void {
    const run = this.#runs.at(-1);
    if (event.type === EventTypes.laneMasked) run?.maskInLane(LaneMaskedPayload.read(event.data));
    else run?.releaseInLane(LaneReleasedPayload.read(event.data));
  }

  #hideOrRemove(event: RoomEvent): void {
    this.findRun(RunHiddenPayload.read(event.data).run)?.apply(event);
    // A viewer that never saw the removed text learns its length only now.
    if (event.type === EventTypes.runRemoved) this.#trim();

    this.forgetUnnamed();
  }

  #trim(): void {
    let ended = 0;
    let length = 0;
    let isFull = false;
    let isForgotten = false;
    const kept: RunState[] = [];
    for (const run of this.#runs.toReversed()) {
      if (run.hasEnded) {
        if (++ended > RoomStateRuns.maxEndedRuns) continue;

        length += run.length;
        // A dropped text has no length to count, so every older text is dropped too. A removed one still counts.
        isFull ||= length > RoomStateRuns.maxEndedTextLength || !(run.hasText || run.isRemoved);
        if (isFull && run.dropText(RoomStateRuns.maxShortTaskLength)) isForgotten = true;
      }

      kept.push(run);
    }

    isForgotten ||= kept.length < this.#runs.length;
    this.#runs = kept.reverse();
    if (!isForgotten) return;

    this.forgetGroups(id => kept.some(run => run.id === id));
    this.forgetUnnamed();
  }
}
