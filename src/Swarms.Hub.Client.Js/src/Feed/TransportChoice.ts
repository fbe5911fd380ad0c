import { ConnectionTransport } from './ConnectionTransport.js';

/** A network that has passed WebSockets is given so many tries: a hub that is just starting refuses some too. */
const triesOfAGoodNetwork = 3;

/**
 * Chooses the transport of the next connection. One for each client, because a network passes WebSockets to all rooms of a hub or to none.
 */
export class TransportChoice {
  /** So long after a refusal WebSockets are tried again. */
  static readonly tryAgainAfterMilliseconds = 60_000;
  #hasOpened = false;
  #refusals = 0;
  #refusedAt: number | undefined;

  get next(): ConnectionTransport {
    return this.#refusedAt !== undefined && performance.now() - this.#refusedAt < TransportChoice.tryAgainAfterMilliseconds
      ? ConnectionTransport.longPolling
      : ConnectionTransport.webSockets;
  }

  /** True once a WebSocket has opened: one that takes too long is the network's fault then. */
  get hasOpened(): boolean {
    return this.#hasOpened;
  }

  /** A WebSocket has opened. */
  opened(): void {
    this.#hasOpened = true;
    this.#refusals = 0;
    this.#refusedAt = undefined;
  }

  /** A WebSocket did not open although calls arrive; true where the next connection does without. */
  refused(): boolean {
    this.#refusals++;
    if (this.#hasOpened && this.#refusals < triesOfAGoodNetwork) return false;

    this.#refusedAt = performance.now();
    return true;
  }
}
