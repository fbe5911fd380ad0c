import { EventTypes } from '../Protocol/EventTypes.js';
import { sequenceOf } from '../Protocol/RoomCursor.js';
import { matchesDigest } from './RunDigest.js';
import { RoomSnapshot } from './RoomSnapshot.js';
import { RoomState } from './RoomState.js';
import type { DigestUpdate } from './RoomUpdate.js';
import type { RoomFrame } from '../Protocol/RoomFrame.js';
import type { Run } from '../Protocol/Run.js';

/** Folds what a program was handed, and compares every finished run's text with its digest. */
export class RoomView {
  readonly #digests = new Map<string, boolean>();
  #state: RoomState | undefined;
  #snapshot: RoomSnapshot | undefined;
  #cursor: string | undefined;
  #mismatches = 0;

  /** Undefined before the first snapshot; the same object until the next frame. */
  get snapshot(): RoomSnapshot | undefined {
    return this.#snapshot ??= this.#state && new RoomSnapshot(this.#state);
  }

  /** How often a finished run's text was not the one its digest states. */
  get digestMismatches(): number {
    return this.#mismatches;
  }

  digestOf(runId: string): boolean | undefined {
    return this.#digests.get(runId);
  }

  /**
   * The cursor of the last frame, for a call about the event with that sequence; undefined before the first snapshot, and where
   * the event came later: of that one the cursor proves nothing.
   */
  cursorFor(sequence: number): string | undefined {
    const last = sequenceOf(this.#cursor ?? null);
    return last !== null && last < sequence ? undefined : this.#cursor;
  }

  /** Applies a frame; what it returns are the comparisons that this frame made possible. */
  apply(frame: RoomFrame): DigestUpdate[] {
    if (frame.kind === 'resumed' || frame.kind === 'storage')
      return [];

    this.#snapshot = undefined;
    this.#cursor = frame.cursor;
    if (frame.kind === 'snapshot') {
      const state = this.#state = new RoomState(frame);
      return state.runs.flatMap(run => this.#compare(run.toRun()));
    }

    const updates: DigestUpdate[] = [];
    for (const event of frame.events) {
      const run = this.#state?.findRun(event.run);
      // A text that outgrows what a room holds is dropped as its run ends: this is the last moment to have it.
      const text = event.type === EventTypes.done ? run?.toRun().text : undefined;
      this.#state?.apply(event);
      if (run && text !== undefined)
        updates.push(...this.#compare({ ...run.toRun(), text }));
    }

    return updates;
  }

  #compare(run: Run): DigestUpdate[] {
    const matches = matchesDigest(run);
    if (matches === undefined)
      return [];

    const isNews = this.#digests.get(run.id) !== matches || !matches;
    this.#digests.set(run.id, matches);
    if (!matches)
      this.#mismatches++;

    return isNews ? [{ kind: 'digest', run, matches }] : [];
  }
}
