import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { RoomWatching } from '../Protocol/Members/RoomWatching.js';
import type { ConnectionTransport } from './ConnectionTransport.js';

/** The part of a connection that a room needs; tests have one of their own. */
export interface FeedConnection {
  readonly transport: ConnectionTransport;
  /** When anything at all was last heard from the hub, pings too. */
  readonly heard: Heard;
  /** How long the hub may be silent now, in milliseconds: longer while a large message is on its way. */
  readonly patience: number;
  /** Called while frames are read, between them, in the order in which both came. */
  onPresence(handler: (roomId: string, presence: RoomPresence) => void): void;
  /** Called as `onPresence` is. */
  onWatching(handler: (roomId: string, watching: RoomWatching) => void): void;
  onDraining(handler: (withinSeconds: number) => void): void;
  /** Opens the connection, once. */
  open(): Promise<void>;
  /** The room's frames as they came over the wire. They end at once, without an error, when the signal aborts. */
  watch(roomId: string, cursor: string | null, signal: AbortSignal): AsyncIterable<unknown>;
  /** Calls a method of the hub. */
  invoke(method: string, args: readonly unknown[]): Promise<void>;
  close(): Promise<void>;
}

/** A moment on both clocks of a platform. */
export class Heard {
  readonly #elapsed = performance.now();
  readonly #wall = Date.now();

  /**
   * How long ago, in milliseconds. The clock that nobody sets stands still while some machines sleep; the other one may jump, which
   * costs a reconnection at most.
   */
  get ago(): number {
    return Math.max(performance.now() - this.#elapsed, Date.now() - this.#wall);
  }

  /** Whether this was before another moment. */
  isBefore(other: Heard): boolean {
    return this.#elapsed < other.#elapsed;
  }
}
