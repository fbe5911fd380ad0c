import type { RoomUpdate } from './RoomUpdate.js';

/**
 * Holds what a consumer has not taken yet. Bounded by its user: while `hasRoom` is false nothing more may come than
 * what was already on its way, which is one frame.
 */
export class UpdateQueue {
  readonly #maxEvents: number;
  readonly #updates: RoomUpdate[] = [];
  #events = 0;
  #isClosed = false;
  #onUpdate: (() => void) | undefined;
  #onRoom: (() => void)[] = [];

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  get hasRoom(): boolean {
    return this.#events < this.#maxEvents;
  }

  /** Resolves when the queue is empty. */
  room(): Promise<void> {
    return this.#events === 0 ? Promise.resolve() : new Promise(resolve => this.#onRoom.push(resolve));
  }

  push(update: RoomUpdate): void {
    this.#updates.push(update);
    this.#events += cost(update);
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
    this.#events -= cost(update);
    if (this.#events === 0)
      this.#onRoom.splice(0).forEach(resolve => resolve());

    return update;
  }
}

function cost(update: RoomUpdate): number {
  return update.kind === 'events' ? update.events.length : 0;
}
