import type { ConnectionState } from './ConnectionState.js';
import { ErrorCodes } from './ErrorCodes.js';
import type { FeedConnection } from './FeedConnection.js';
import { HubClientError } from './HubClientError.js';
import { reconnectDelay } from './ReconnectDelay.js';
import { sequenceOf } from './RoomCursor.js';
import type { RoomEvent } from './RoomEvent.js';
import type { RoomFrame, StorageFrame } from './RoomFrame.js';
import type { RoomPresence } from './RoomPresence.js';
import { isOnline, listenForWakeUps } from './WakeUps.js';

/** Who is handed what the feed reads. Called by the feed's one loop only. */
export interface FeedSink {
  frame(frame: Exclude<RoomFrame, StorageFrame>): void;
  presence(presence: RoomPresence): void;
  storage(isAvailable: boolean): void;
  connectionState(state: ConnectionState, error?: HubClientError): void;
  /** False: more would be too much to hold. The feed then lets go of the stream and comes back after `room`. */
  hasRoom(): boolean;
  /** Resolves when there is room again. */
  room(): Promise<void>;
}

export interface FeedOptions {
  readonly roomId: string;
  readonly connect: () => FeedConnection;
  /** Asked when a connection could not be opened, because a WebSocket does not say why: the hub's refusal, or null. */
  readonly whyRefused: () => Promise<HubClientError | null>;
  readonly maxReconnectDelay: number;
  readonly connectTimeout: number;
}

/** Why one connection's stream is over. */
type Ending =
  | { readonly kind: 'lost'; readonly error?: HubClientError }
  | { readonly kind: 'refused'; readonly error: HubClientError }
  | { readonly kind: 'snapshotWanted' | 'draining' | 'full' | 'stopped' };

/** A stream that lived so long was a good one: its loss starts the attempts from the beginning. */
const stableAfterMilliseconds = 5_000;
/** From so many failures in a row on, people are told that they are offline. */
const offlineAfterFailures = 3;
/** The hub pings every 15 seconds; a connection that was silent for longer when the page wakes up is taken for dead. */
const silentAfterMilliseconds = 20_000;

/**
 * Reads one room's log: one connection at a time, reconnecting for ever, resuming at the cursor of the last frame that
 * was handed over. Every event reaches the sink once, in order, without a gap; where that cannot be kept, a snapshot
 * replaces what was there. Its one loop, `#run`, ends when the feed is stopped or the hub refuses for good.
 */
export class RoomFeed {
  readonly #options: FeedOptions;
  readonly #sink: FeedSink;
  #cursor: string | null = null;
  #lastSequence: number | null = null;
  #state: ConnectionState = 'offline';
  #connection: FeedConnection | undefined;
  #isStopped = false;
  readonly #stopped: Promise<void>;
  #signalStop: () => void = () => {};
  #wasOfflineAt = 0;
  #drainUntil = 0;
  #failures = 0;
  #isStorageAvailable = true;
  #end: ((ending: Ending) => void) | undefined;
  #wake: (() => void) | undefined;
  #run: Promise<HubClientError | undefined> | undefined;

  constructor(options: FeedOptions, sink: FeedSink) {
    this.#options = options;
    this.#sink = sink;
    this.#stopped = new Promise(resolve => { this.#signalStop = resolve; });
  }

  /** The open connection, for calls; undefined while there is none. */
  get connection(): FeedConnection | undefined {
    return this.#state === 'live' || this.#state === 'catchingUp' ? this.#connection : undefined;
  }

  /** Starts the loop. Resolves when it is over, with the hub's refusal if that is why. */
  start(): Promise<HubClientError | undefined> {
    return this.#run ??= this.#loop();
  }

  stop(): void {
    this.#isStopped = true;
    this.#signalStop();
    this.#end?.({ kind: 'stopped' });
    this.#wake?.();
  }

  /** Lets go of what is held and asks for a snapshot. */
  askForSnapshot(): void {
    this.#cursor = null;
    this.#end?.({ kind: 'snapshotWanted' });
  }

  async #loop(): Promise<HubClientError | undefined> {
    const stopListening = listenForWakeUps({ onWake: () => this.#onWake(), onOffline: () => this.#onOffline() });
    let refusal: HubClientError | undefined;
    try {
      this.#setState('catchingUp');
      while (!this.#isStopped && !refusal) {
        const startedAt = Date.now();
        const ending = await this.#follow();
        if (ending.kind === 'refused') {
          refusal = ending.error;
        } else if (ending.kind !== 'stopped') {
          const lived = Date.now() - startedAt >= stableAfterMilliseconds;
          await this.#beforeNext(ending, lived);
        }
      }
    } finally {
      stopListening();
      this.#setState(refusal ? 'ended' : 'offline', refusal);
    }

    return refusal;
  }

  async #beforeNext(ending: Ending, lived: boolean): Promise<void> {
    if (ending.kind === 'full') {
      this.#setState('catchingUp');
      await Promise.race([this.#sink.room(), this.#stopped]);
      return;
    }

    if (lived)
      this.#failures = 0;

    const drain = this.#drainUntil - Date.now();
    const isDraining = ending.kind === 'draining' || drain > 0;
    const delay = isDraining ? Math.max(0, drain) : reconnectDelay(this.#failures, this.#options.maxReconnectDelay);
    this.#drainUntil = 0;
    if (!isDraining)
      this.#failures++;

    this.#setState(isOnline() && this.#failures <= offlineAfterFailures ? 'reconnecting' : 'offline',
      ending.kind === 'lost' ? ending.error : undefined);
    await this.#pause(delay);
  }

  /** One connection, from its opening to its end. Never throws. */
  async #follow(): Promise<Ending> {
    let isOver = false;
    let drainTimer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<Ending>(resolve => {
      this.#end = ending => {
        isOver = true;
        resolve(ending);
      };
    });
    const end = this.#end!;
    const connection = this.#options.connect();
    const { roomId } = this.#options;
    connection.onclose(error => end(lost(error)));
    connection.on('PresenceChanged', (id: string, presence: RoomPresence) => {
      if (id === roomId && !isOver)
        this.#sink.presence(presence);
    });
    connection.on('Draining', (withinSeconds: number) => {
      const delay = Math.random() * withinSeconds * 1_000;
      this.#drainUntil = Date.now() + delay;
      clearTimeout(drainTimer);
      drainTimer = setTimeout(() => end({ kind: 'draining' }), delay);
    });

    let subscription: { dispose(): void } | undefined;
    try {
      const opened = await this.#open(connection, over);
      if (opened)
        return opened;

      this.#connection = connection;
      this.#setState('catchingUp');
      // A stream that says nothing of the storage begins with it being there.
      this.#setStorage(true);
      let isFirst = true;
      subscription = connection.stream<RoomFrame>('WatchRoom', roomId, this.#cursor).subscribe({
        next: frame => {
          if (isOver)
            return;

          const broken = this.#take(frame, isFirst);
          isFirst = false;
          if (broken && !isOver)
            end(broken);
        },
        complete: () => end({ kind: 'lost' }),
        error: error => end(this.#judge(error)),
      });
      return await over;
    } catch (error) {
      return this.#judge(error);
    } finally {
      isOver = true;
      this.#connection = undefined;
      clearTimeout(drainTimer);
      dispose(subscription);
      // Not awaited: on a dead network closing takes as long as the platform pleases.
      connection.stop().catch(() => {});
    }
  }

  /** Opens the connection; an ending where that failed. */
  async #open(connection: FeedConnection, over: Promise<Ending>): Promise<Ending | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<Ending>(resolve => {
      timer = setTimeout(() => resolve(lost(new Error('The connection did not open in time.'))), this.#options.connectTimeout);
    });
    try {
      return await Promise.race([connection.start().then(() => undefined), over, tooLate]);
    } catch (error) {
      if (error instanceof HubClientError && error.isFinal)
        return { kind: 'refused', error };

      const refusal = await Promise.race([this.#options.whyRefused(), tooLate.then(() => null)]);
      return refusal?.isFinal ? { kind: 'refused', error: refusal } : lost(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Hands a frame over; an ending where it does not continue what was handed over before. */
  #take(frame: RoomFrame, isFirst: boolean): Ending | undefined {
    switch (frame.kind) {
      case 'snapshot':
        this.#lastSequence = sequenceOf(frame.cursor);
        break;
      case 'resumed':
        if (!isFirst || this.#cursor === null || sequenceOf(frame.cursor) !== sequenceOf(this.#cursor))
          return this.#wantSnapshot();
        break;
      case 'events':
        if (isFirst || !continues(frame.events, this.#lastSequence))
          return this.#wantSnapshot();
        this.#lastSequence = frame.events.at(-1)!.sequence;
        break;
      case 'storage':
        this.#setStorage(frame.isAvailable);
        return undefined;
      default:
        // A kind of frame that a later hub invented: nothing of the log is in it that this client could hold.
        return undefined;
    }

    // The cursor moves before the hand-over, so that the sink may ask for a snapshot from within.
    this.#cursor = frame.cursor;
    this.#sink.frame(frame);
    if (isFirst && this.#state === 'catchingUp')
      this.#setState('live');

    return this.#sink.hasRoom() ? undefined : { kind: 'full' };
  }

  #wantSnapshot(): Ending {
    this.#cursor = null;
    return { kind: 'snapshotWanted' };
  }

  #judge(error: unknown): Ending {
    const hubError = HubClientError.fromHub(error);
    if (hubError.isFinal)
      return { kind: 'refused', error: hubError };

    if (hubError.code !== ErrorCodes.invalid)
      return { kind: 'lost', error: hubError };

    // It was the cursor; without one it is the room's id, and asking again would not help.
    return this.#cursor === null ? { kind: 'refused', error: hubError } : this.#wantSnapshot();
  }

  #onWake(): void {
    this.#wake?.();
    const connection = this.#connection;
    const silentSince = connection?.heardAt ?? 0;
    if (connection && (silentSince < this.#wasOfflineAt || Date.now() - silentSince > silentAfterMilliseconds))
      this.#end?.({ kind: 'lost' });
  }

  #onOffline(): void {
    this.#wasOfflineAt = Date.now();
    if (this.#state === 'reconnecting')
      this.#setState('offline');
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#isStopped)
      return;

    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>(resolve => {
      this.#wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  #setStorage(isAvailable: boolean): void {
    if (this.#isStorageAvailable === isAvailable)
      return;

    this.#isStorageAvailable = isAvailable;
    this.#sink.storage(isAvailable);
  }

  #setState(state: ConnectionState, error?: HubClientError): void {
    if (this.#state === state || this.#state === 'ended')
      return;

    this.#state = state;
    this.#sink.connectionState(state, error);
  }
}

function continues(events: readonly RoomEvent[], last: number | null): boolean {
  const first = last === null ? events[0]?.sequence : last + 1;
  return first !== undefined && events.length > 0 && events.every((event, i) => event.sequence === first + i);
}

function lost(error: unknown): Ending {
  return error === undefined ? { kind: 'lost' } : { kind: 'lost', error: HubClientError.fromHub(error) };
}

function dispose(subscription: { dispose(): void } | undefined): void {
  try {
    subscription?.dispose();
  } catch {
    // The connection is gone already.
  }
}
