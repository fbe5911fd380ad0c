import { EventTypes, isEnding } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { RoomStateMessages } from '../Messages/RoomState.Messages.js';
import { RunState } from './RunState.js';

/** The runs, and how much of them is kept. */
export abstract class RoomStateRuns extends RoomStateMessages {
  /** So many ended runs are kept; runs that have not ended always are. */
  static readonly maxEndedRuns = 50;
  /** So much text of ended runs is kept, in UTF-16 units, counted from the newest back. */
  static readonly maxEndedTextLength = 1_048_576;

  #runs: readonly RunState[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#runs = snapshot?.runs.map(run => new RunState(run)) ?? [];
  }

  /** In order of `run.queued`. */
  get runs(): readonly RunState[] {
    return this.#runs;
  }

  /** The run with that id; undefined where the state holds none. */
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

    if (event.run === undefined)
      return false;

    this.findRun(event.run)?.apply(event);
    if (isEnding(event.type))
      this.#trim();

    return true;
  }

  #trim(): void {
    let ended = 0;
    let textLength = 0;
    let isFull = false;
    const kept: RunState[] = [];
    for (const run of this.#runs.toReversed()) {
      if (run.hasEnded) {
        if (++ended > RoomStateRuns.maxEndedRuns)
          continue;

        textLength += run.textLength;
        // A text that is gone has left no length to count, so it closes the account for all that are older.
        isFull ||= textLength > RoomStateRuns.maxEndedTextLength || !run.hasText;
        if (isFull)
          run.dropText();
      }

      kept.push(run);
    }

    this.#runs = kept.reverse();
  }
}
