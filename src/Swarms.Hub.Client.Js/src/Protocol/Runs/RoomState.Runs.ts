import { EventTypes, isEnding } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { RoomStateMessages } from '../Messages/RoomState.Messages.js';
import type { Passage } from '../Messages/Passage.js';
import { RunHiddenPayload } from './RunHiddenPayload.js';
import { RunState } from './RunState.js';

/** The runs, and how much of them is kept. */
export abstract class RoomStateRuns extends RoomStateMessages {
  /** The number of ended runs that are kept; open runs are always kept. */
  static readonly maxEndedRuns = 50;
  /** The length of ended runs' text that is kept, in UTF-16 units, counted from the newest run back. */
  static readonly maxEndedTextLength = 1_048_576;

  #runs: readonly RunState[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#runs = snapshot?.runs.map(run => new RunState(run)) ?? [];
  }

  /** The runs in order of `run.queued`. */
  get runs(): readonly RunState[] {
    return this.#runs;
  }

  /** Returns the run with this id; undefined if the state has none. */
  findRun(id: string | undefined): RunState | undefined {
    return id === undefined ? undefined : this.#runs.findLast(run => run.id === id);
  }

  /** @internal */
  tryApplyToRuns(event: RoomEvent): boolean {
    if (event.type === EventTypes.runQueued) {
      this.#runs = [...this.#runs, RunState.fromQueued(event)];
      this.#trim();
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

  #hideOrRemove(event: RoomEvent): void {
    this.findRun(RunHiddenPayload.read(event.data).run)?.apply(event);
    // A viewer that never saw the removed text learns its length only now.
    if (event.type === EventTypes.runRemoved) this.#trim();

    this.forgetUnnamed();
  }

  #trim(): void {
    let ended = 0;
    let textLength = 0;
    let isFull = false;
    let isForgotten = false;
    const kept: RunState[] = [];
    for (const run of this.#runs.toReversed()) {
      if (run.hasEnded) {
        if (++ended > RoomStateRuns.maxEndedRuns) continue;

        textLength += run.textLength;
        // A dropped text has no length to count, so every older text is dropped too. A removed one still counts.
        isFull ||= textLength > RoomStateRuns.maxEndedTextLength || !(run.hasText || run.isRemoved);
        if (isFull && run.dropText()) isForgotten = true;
      }

      kept.push(run);
    }

    isForgotten ||= kept.length < this.#runs.length;
    this.#runs = kept.reverse();
    if (isForgotten) this.forgetUnnamed();
  }
}
