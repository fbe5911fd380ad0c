import type { RoomClient } from '../RoomClient.js';
import type { HubClientError } from '../HubClientError.js';
import type { RoomUpdate } from '../State/RoomUpdate.js';
import { ConnectionState } from './ConnectionState.js';
import type { ConnectionTransport } from './ConnectionTransport.js';
import type { FeedConnection } from './FeedConnection.js';
import type { RoomEndpoint } from './RoomEndpoint.js';
import { RoomFeed } from './RoomFeed.js';
import { UpdateQueue } from './UpdateQueue.js';

const over = { done: true, value: undefined } as const;

/**
 * One watch of a room, from its first update to its last: runs the feed, takes what it queued, folds it, calls the callbacks and hands it
 * over. Stopping it frees the room for the next watch at once: it folds and hands over nothing more. A generator in all but that `return`
 * ends it at once, also while `next` waits, and lets go of its connection.
 */
export class RoomWatch implements AsyncGenerator<RoomUpdate, void, undefined> {
  readonly #room: RoomClient;
  readonly #endpoint: RoomEndpoint;
  readonly #cancelled: AbortSignal | undefined;
  readonly #queue: UpdateQueue;
  readonly #feed: RoomFeed;
  readonly #stop = new AbortController();
  readonly #updates: RoomUpdate[] = [];
  #feeding: Promise<HubClientError | undefined> | undefined;
  /** Callers of `next` are answered one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(room: RoomClient, endpoint: RoomEndpoint, cancelled: AbortSignal | undefined) {
    this.#room = room;
    this.#endpoint = endpoint;
    this.#cancelled = cancelled;
    this.#queue = new UpdateQueue(endpoint.options.maxBufferedEvents);
    this.#feed = new RoomFeed(endpoint, this.#queue);
  }

  /** The feed's state, also while a slow program has yet to be told so. */
  get state(): ConnectionState {
    return this.#feed.state;
  }

  /** The transport of its feed. */
  get transport(): ConnectionTransport {
    return this.#feed.transport;
  }

  /** The open connection, for calls; undefined while there is none. */
  get connection(): FeedConnection | undefined {
    return this.#feed.connection;
  }

  /** The cursor of the last frame that was queued; null where the next stream begins with a snapshot. */
  get cursor(): string | null {
    return this.#feed.cursor;
  }

  /** Begins to read the room. */
  #start(): void {
    if (this.#feeding || this.#stop.signal.aborted) return;

    if (this.#cancelled?.aborted) return this.stop();

    try {
      this.#room.begin(this);
    } catch (error) {
      this.stop();
      throw error;
    }

    this.#cancelled?.addEventListener('abort', this.stop);
    this.#endpoint.stopping.addEventListener('abort', this.stop);
    this.#feeding = this.#feed.run(this.#stop.signal);
    // A fault is thrown to the program where it comes back for it.
    this.#feeding.catch(() => {});
  }

  /** The next update, after its callbacks were called. Rejects with the refusal, where that is the end. */
  next(): Promise<IteratorResult<RoomUpdate, void>> {
    try {
      this.#start();
    } catch (error) {
      return failed(error);
    }

    const next = this.#turn.then(() => this.#advance());
    this.#turn = next.catch(() => {});
    return next;
  }

  return(): Promise<IteratorResult<RoomUpdate, void>> {
    this.stop();
    return Promise.resolve(over);
  }

  throw(error: unknown): Promise<IteratorResult<RoomUpdate, void>> {
    this.stop();
    return failed(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** Ends the watch without an error. */
  readonly stop = (): void => {
    if (this.#stop.signal.aborted) return;

    this.#stop.abort();
    this.#queue.complete();
    this.#cancelled?.removeEventListener('abort', this.stop);
    this.#endpoint.stopping.removeEventListener('abort', this.stop);
    this.#room.release(this, this.#feed.state === ConnectionState.ended ? ConnectionState.ended : ConnectionState.offline);
  };

  async #advance(): Promise<IteratorResult<RoomUpdate, void>> {
    try {
      while (this.#updates.length === 0) {
        const item = await this.#queue.take();
        if (this.#stop.signal.aborted) return over;

        if (item === undefined) return await this.#end();

        if (!this.#room.fold(item, this, this.#updates)) return over;
      }
    } catch (error) {
      this.stop();
      throw error;
    }

    if (this.#stop.signal.aborted) return over;

    const update = this.#updates.shift()!;
    if (update.kind === 'digest' && !update.matches && this.#room.isNewMismatch(update.run.id)) this.#feed.askForSnapshot();

    this.#room.announce(update);
    return { done: false, value: update };
  }

  async #end(): Promise<typeof over> {
    const refusal = await this.#feeding;
    if (refusal && !this.#room.isEndWanted && !this.#stop.signal.aborted) throw refusal;

    this.stop();
    return over;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the promise is what makes it a rejection
async function failed(error: unknown): Promise<never> {
  throw error as Error;
}
