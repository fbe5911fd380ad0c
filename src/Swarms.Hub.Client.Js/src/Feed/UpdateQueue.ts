import type { RoomUpdate } from '../State/RoomUpdate.js';

/**
 * Holds what a consumer has not taken yet. Bounded by its user: while `hasRoom` is false the feed lets go of its stream and
 * opens no other. So this holds at most its bound, what exceeded it, and the newest presence. Of presence, which comes also
 * where nothing else does, only the newest waits at the end of the queue: it is the whole picture. Nothing else is ever
 * replaced.
 */
export class UpdateQueue {
  readonly #maxEvents: number;
  readonly #updates: RoomUpdate[] = [];
  #held = 0;
  #isClosed = false;
  #onUpdate: (() => void) | undefined;
  #onRoom: (() => void)[] = [];

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  get hasRoom(): boolean {
    return this.#held < this.#maxEvents;
  }

  /** Resolves when the queue is empty. */
  room(): Promise<void> {
    return this.#held === 0 ? Promise.resolve() : new Promise(resolve => this.#onRoom.push(resolve));
  }

  push(update: RoomUpdate): void {
    if (update.kind === 'presence' && this.#updates.at(-1)?.kind === 'presence') {
      this.#updates.splice(-1, 1, update);
      return;
    }

    this.#updates.push(update);
    this.#held += weight(update);
    this.#onUpdate?.();
  }

  /** What is held can still be taken. */
  close(): void {
    this.#isClosed = true;
    this.#onUpdate?.();
  }

  /** The next update; undefined when there will be none. One caller at a time. */
  async take(): Promise<RoomUpdate | undefined> {
    while (this.#updates.length === 0) {
      if (this.#isClosed)
        return undefined;

      await new Promise<void>(resolve => { this.#onUpdate = resolve; });
    }

    const update = this.#updates.shift()!;
    this.#held -= weight(update);
    if (this.#held === 0)
      this.#onRoom.splice(0).forEach(resolve => resolve());

    return update;
  }
}

/** How many events it counts for. */
function weight(update: RoomUpdate): number {
  return update.kind === 'events' ? update.events.length : 1;
}
