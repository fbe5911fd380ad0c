import { RoomClientTranscripts } from './Commands/RoomClient.Transcripts.js';
import { Callbacks } from './Feed/Callbacks.js';
import { ConnectionState } from './Feed/ConnectionState.js';
import { ConnectionTransport } from './Feed/ConnectionTransport.js';
import type { FeedItem } from './Feed/FeedItem.js';
import { RoomWatch } from './Feed/RoomWatch.js';
import type { HubClientError } from './HubClientError.js';
import type { RoomEvent } from './Protocol/Feed/RoomEvent.js';
import type { Member } from './Protocol/Members/Member.js';
import type { RoomPresence } from './Protocol/Members/RoomPresence.js';
import type { RoomWatching } from './Protocol/Members/RoomWatching.js';
import type { RoomSnapshot } from './State/RoomSnapshot.js';
import { type RoomUpdate, updateOf } from './State/RoomUpdate.js';

/** How long to watch. */
export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * One room, as one member. `watch` (or `open`, for callbacks alone) reads its log for as long as you like: it reconnects by itself and
 * resumes where it was, and hands over updates in order, each event once, without a gap. Commands work whether you watch or not; each
 * fails with `HubClientError`.
 *
 * Callbacks are called by the watching loop, just before it hands the same update over: in that order, one after the other. A callback
 * that throws disturbs neither the other callbacks nor the watch. Its error goes to `onError`, and is thrown as an event listener of the
 * platform would throw it where nobody listens there.
 */
export class RoomClient extends RoomClientTranscripts {
  readonly #mistrusted = new Set<string>();
  readonly #onUpdate = new Callbacks<[RoomUpdate]>();
  readonly #onEvent = new Callbacks<[RoomEvent]>();
  readonly #onPresence = new Callbacks<[RoomPresence]>();
  readonly #onWatching = new Callbacks<[RoomWatching]>();
  readonly #onStorage = new Callbacks<[boolean]>();
  readonly #onConnectionState = new Callbacks<[ConnectionState, HubClientError | undefined]>();
  readonly #onError = new Callbacks<[unknown]>();
  #presence: RoomPresence | undefined;
  #isStorageAvailable = true;
  #stateBetweenWatches: ConnectionState = ConnectionState.offline;

  /** Every update that `watch` hands over. Like the other `on…`, it returns what takes the callback out again. */
  onUpdate(callback: (update: RoomUpdate) => unknown): () => void {
    return this.#onUpdate.add(callback);
  }

  /** Each event of the room. */
  onEvent(callback: (event: RoomEvent) => unknown): () => void {
    return this.#onEvent.add(callback);
  }

  /** Others came or went. */
  onPresence(callback: (presence: RoomPresence) => unknown): () => void {
    return this.#onPresence.add(callback);
  }

  /** Members follow the room otherwise than before. Only hosts are told. */
  onWatching(callback: (watching: RoomWatching) => unknown): () => void {
    return this.#onWatching.add(callback);
  }

  /** The hub's storage stopped (false) or began again (true) to take writes. */
  onStorage(callback: (isAvailable: boolean) => unknown): () => void {
    return this.#onStorage.add(callback);
  }

  /** The connection changed; with the reason, where there is one. */
  onConnectionState(callback: (state: ConnectionState, error?: HubClientError) => unknown): () => void {
    return this.#onConnectionState.add(callback);
  }

  /** Another callback threw. The watch goes on. */
  onError(callback: (error: unknown) => unknown): () => void {
    return this.#onError.add(callback);
  }

  /** Opens the lane of a run whose text is held, to watch it like a room: its only run shows all of the text. Hosts. */
  openLane(lane: string): RoomClient {
    if (lane.trim() === '') throw new TypeError('A lane has an id.');

    this.endpoint.throwIfClosed();
    return new RoomClient(this.endpoint.toLane(lane), undefined);
  }

  /** The room's id. */
  get id(): string {
    return this.endpoint.roomId;
  }

  /** Stands for the member; undefined where a cookie does. A secret. */
  get token(): string | undefined {
    return this.endpoint.token;
  }

  /** The caller in the room; undefined in a room that was opened by its id, until `getMember`. */
  get member(): Member | undefined {
    return this.caller;
  }

  /**
   * The room as the updates so far add up to it; undefined before the first snapshot. Each value is immutable. Getting a new one copies the
   * texts of the runs that have grown since the last.
   */
  get state(): RoomSnapshot | undefined {
    return this.view.snapshot;
  }

  /** How the room is connected at this moment, also while a slow program has yet to be told so. */
  get connectionState(): ConnectionState {
    return this.watched?.state ?? this.#stateBetweenWatches;
  }

  /** The transport of the watch, once it is live. */
  get transport(): ConnectionTransport {
    return this.watched?.transport ?? ConnectionTransport.webSockets;
  }

  /** Those who watch now; undefined before the hub said so. */
  get presence(): RoomPresence | undefined {
    return this.#presence;
  }

  /** False while the hub says that its storage takes no writes: nothing new is shown then, and nothing is lost. */
  get isStorageAvailable(): boolean {
    return this.#isStorageAvailable;
  }

  /** How often a finished run's text was not the one its digest states. */
  get digestMismatches(): number {
    return this.view.mismatches;
  }

  /** Whether a finished run's text is the one its digest states; undefined while there is nothing to compare. */
  isVerified(runId: string): boolean | undefined {
    return this.view.digestOf(runId);
  }

  /**
   * Watches the room until the signal aborts, the loop is left, `close` is called, or the room ends for this member; in that last case it
   * throws the hub's refusal, unless the member left or deleted the room itself. Each watch begins with a snapshot. Lost connections come
   * back by themselves, and a program that is slow to take updates holds the stream back. One watch at a time: one that was stopped has
   * given up its place and hands over nothing more, so that the next may begin at once.
   */
  watch(options: WatchOptions = {}): AsyncGenerator<RoomUpdate, void, undefined> {
    return new RoomWatch(this, this.endpoint, options.signal);
  }

  /** Watches for the sake of the callbacks and of `state`, as `watch` does. */
  async open(options: WatchOptions = {}): Promise<void> {
    const watch = this.watch(options);
    while (!(await watch.next()).done);
  }

  /** Stops watching; the member stays in the room. The watch ends without an error. Does nothing while nobody watches. */
  close(): void {
    this.watched?.stop();
  }

  /** @internal Gives a watch its place. */
  begin(watch: RoomWatch): void {
    this.endpoint.throwIfClosed();
    if (this.watched)
      throw new DOMException('This RoomClient is watched already; open another one for a second view.', 'InvalidStateError');

    this.watched = watch;
  }

  /** @internal Folds a frame, and adds the updates that come of the item. False, and nothing, where the watch has given up its place. */
  fold(item: FeedItem, watch: RoomWatch, updates: RoomUpdate[]): boolean {
    if (this.watched !== watch) return false;

    if ('update' in item) {
      updates.push(item.update);
      return true;
    }

    const digests = this.view.apply(item.frame);
    updates.push(updateOf(item.frame), ...digests);
    return true;
  }

  /** @internal Once for each run: where the hub's own snapshot does not match either, asking again would never end. */
  isNewMismatch(runId: string): boolean {
    const isNew = !this.#mistrusted.has(runId);
    this.#mistrusted.add(runId);
    return isNew;
  }

  /** @internal Takes over presence and storage, and calls the callbacks. */
  announce(update: RoomUpdate): void {
    if (update.kind === 'presence') this.#presence = update.presence;
    else if (update.kind === 'storage') this.#isStorageAvailable = update.isAvailable;

    this.#onUpdate.call([update], this.#onError);
    switch (update.kind) {
      case 'events':
        for (const event of update.events) this.#onEvent.call([event], this.#onError);
        break;
      case 'presence':
        this.#onPresence.call([update.presence], this.#onError);
        break;
      case 'watching':
        this.#onWatching.call([update.watching], this.#onError);
        break;
      case 'storage':
        this.#onStorage.call([update.isAvailable], this.#onError);
        break;
      case 'connectionState':
        this.#onConnectionState.call([update.connectionState, update.error], this.#onError);
        break;
    }
  }

  /** @internal Lets the next watch begin. */
  release(watch: RoomWatch, state: ConnectionState): void {
    if (this.watched !== watch) return;

    this.watched = undefined;
    this.#stateBetweenWatches = state;
  }
}
