import { reconnectDelay } from './ReconnectDelay.js';

/** A connection that brought something for so long was a good one: its loss starts the waits from the beginning. */
const stableAfterMilliseconds = 5_000;
/** From so many connections in a row on that brought nothing, people are told that they are offline. */
const offlineAfterFailures = 3;

/** When to connect again. Called by the feed's one loop, and by what its connection calls. */
export class ReconnectPlan {
  readonly #maxDelay: number;
  #failures = 0;
  #withoutFrame = 0;
  #goodSince: number | undefined;
  #drainUntil = 0;

  constructor(maxDelay: number) {
    this.#maxDelay = maxDelay;
  }

  /** Whether attempts keep failing. */
  get isOffline(): boolean {
    return this.#withoutFrame > offlineAfterFailures;
  }

  /** A frame came: the time that it took to connect counts for nothing. */
  heard(): void {
    this.#goodSince ??= Date.now();
    this.#withoutFrame = 0;
  }

  /** The hub stops within that time; gives how long this viewer stays, a random part of it. */
  drain(withinSeconds: number): number {
    const delay = Math.random() * Math.max(0, withinSeconds) * 1_000;
    this.#drainUntil = Date.now() + delay;
    return delay;
  }

  /** The connection is over. */
  ended(): void {
    if (this.#goodSince !== undefined && Date.now() - this.#goodSince >= stableAfterMilliseconds)
      this.#failures = 0;

    this.#goodSince = undefined;
  }

  /** How long to wait before the next attempt. */
  next(isDraining: boolean): number {
    const drain = this.#drainUntil - Date.now();
    this.#drainUntil = 0;
    if (isDraining || drain > 0)
      return Math.max(0, drain);

    this.#withoutFrame++;
    return reconnectDelay(this.#failures++, this.#maxDelay);
  }
}
