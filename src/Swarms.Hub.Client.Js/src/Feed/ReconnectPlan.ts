import type { HubClientError } from '../HubClientError.js';
import { ComeBack } from '../Protocol/ComeBack.js';
import { Endings } from '../Protocol/Endings.js';
import { ReconnectDelay } from './ReconnectDelay.js';

/** A connection that brought something for so long was a good one: its loss starts the waits from the beginning. */
const stableAfterMilliseconds = 5_000;
/** From so many connections in a row on that brought nothing, people are told that they are offline. */
const offlineAfterFailures = 3;
/** Timers take no more than some weeks. */
const maxDrainSeconds = 7 * 24 * 60 * 60;

/**
 * When to connect again. Counts elapsed time only, so that a clock that is set changes nothing. Called by the feed's loop; `drain` by its
 * connection's callbacks.
 */
export class ReconnectPlan {
  readonly #longest: number;
  #failures = 0;
  #withoutFrame = 0;
  #goodSince: number | undefined;
  #wasGood = false;
  #drain: { readonly since: number; readonly delay: number } | undefined;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Whether attempts keep failing. */
  get isOffline(): boolean {
    return this.#withoutFrame > offlineAfterFailures;
  }

  /** A frame came: the time that it took to connect counts for nothing. */
  heard(): void {
    this.#goodSince ??= performance.now();
    this.#withoutFrame = 0;
  }

  /** The hub stops within that time; gives how long this viewer stays, a random part of it. */
  drain(withinSeconds: number): number {
    const delay = Math.random() * Math.min(Math.max(withinSeconds, 0), maxDrainSeconds) * 1_000;
    this.#drain = { since: performance.now(), delay };
    return delay;
  }

  /** The connection is over. */
  ended(): void {
    if (this.#goodSince !== undefined && performance.now() - this.#goodSince >= stableAfterMilliseconds)
      this.#failures = 0;

    this.#wasGood = this.#goodSince !== undefined;
    this.#goodSince = undefined;
  }

  /** How long to wait before the next attempt. */
  next(isDraining: boolean, error: HubClientError | undefined): number {
    const drain = this.#drain ? this.#drain.delay - (performance.now() - this.#drain.since) : 0;
    this.#drain = undefined;
    if (isDraining || drain > 0)
      return Math.max(0, drain);

    // Not where the connection brought nothing: a hub that ends each one at once must not be called without a pause.
    if (this.#wasGood && error !== undefined && Endings.comeBackAfter(error.code) === ComeBack.now)
      return 0;

    this.#withoutFrame++;
    const failures = this.#failures++;
    if (error?.retryAfter === undefined)
      return ReconnectDelay.after(failures, this.#longest, Math.random());

    // The random part comes on top of the pause that the hub asks for, so that its viewers do not come back in one wave.
    const wait = error.retryAfter * 1_000 + ReconnectDelay.after(Math.max(1, failures), this.#longest, Math.random());
    return Math.min(wait, this.#longest);
  }
}
