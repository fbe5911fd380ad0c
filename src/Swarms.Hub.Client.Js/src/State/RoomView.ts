import type { LogFrame } from '../Feed/FeedPosition.js';
import { EventTypes } from '../Protocol/Feed/EventTypes.js';
import { RoomCursor } from '../Protocol/Feed/RoomCursor.js';
import type { RoomEvent } from '../Protocol/Feed/RoomEvent.js';
import { SnapshotReasons } from '../Protocol/Feed/SnapshotReasons.js';
import { RoomState } from '../Protocol/Rooms/RoomState.js';
import type { Run } from '../Protocol/Runs/Run.js';
import { RoomSnapshot } from './RoomSnapshot.js';
import type { DigestUpdate } from './RoomUpdate.js';
import { RunDigest } from './RunDigest.js';

/**
 * Folds the frames that the program is handed, and compares every finished run's text with its digest. `apply` is called by the watch's
 * one loop.
 */
export class RoomView {
  readonly #digests = new Map<string, boolean>();
  #state: RoomState | undefined;
  #snapshot: RoomSnapshot | undefined;
  #cursor: string | undefined;
  #mismatches = 0;

  /** Undefined before the first snapshot. The same object until the next frame; unchanged runs are shared, not copied. */
  get snapshot(): RoomSnapshot | undefined {
    return this.#snapshot ??= this.#state && RoomSnapshot.of(this.#state.toSnapshot('', SnapshotReasons.first));
  }

  get mismatches(): number {
    return this.#mismatches;
  }

  digestOf(runId: string): boolean | undefined {
    return this.#digests.get(runId);
  }

  /**
   * The cursor of the last frame, for a call about the event with that sequence; undefined before the first snapshot, and where the event
   * came later: of that one the cursor proves nothing.
   */
  cursorFor(sequence: number): string | undefined {
    const last = RoomCursor.tryParse(this.#cursor);
    return last && last.sequence < sequence ? undefined : this.#cursor;
  }

  /** Applies a frame; returns the comparisons that this frame made possible. */
  apply(frame: LogFrame): DigestUpdate[] {
    if (frame.kind === 'resumed')
      return [];

    this.#snapshot = undefined;
    this.#cursor = frame.cursor;
    if (frame.kind === 'events')
      return frame.events.flatMap(event => this.#applyEvent(event));

    const state = this.#state = new RoomState(frame);
    return state.runs.flatMap(run => this.#compare(run.toRun()));
  }

  #applyEvent(event: RoomEvent): DigestUpdate[] {
    const run = event.type === EventTypes.done ? this.#state?.findRun(event.run) : undefined;
    // A text that outgrows what a room holds is dropped as its run ends: this is the last moment to have it.
    const text = run?.toRun().text;
    this.#state?.apply(event);
    return run && text !== undefined ? this.#compare({ ...run.toRun(), text }) : [];
  }

  #compare(run: Run): DigestUpdate[] {
    const matches = RunDigest.matches(run);
    if (matches === undefined)
      return [];

    const isNews = !matches || this.#digests.get(run.id) !== true;
    this.#digests.set(run.id, matches);
    if (!matches)
      this.#mismatches++;

    return isNews ? [{ kind: 'digest', run, matches }] : [];
  }
}
