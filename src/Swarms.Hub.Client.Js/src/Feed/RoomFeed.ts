import type { ConnectionState } from './ConnectionState.js';
import { withDeadline } from './Deadline.js';
import { ErrorCodes } from '../Protocol/ErrorCodes.js';
import type { FeedConnection } from './FeedConnection.js';
import { lost, type FeedEnding } from './FeedEnding.js';
import { FeedPosition, type LogFrame } from './FeedPosition.js';
import { HubClientError } from '../HubClientError.js';
import { ReconnectPlan } from './ReconnectPlan.js';
import type { RoomFrame } from '../Protocol/RoomFrame.js';
import type { RoomPresence } from '../Protocol/RoomPresence.js';
import { isOnline, listenForWakeUps } from './WakeUps.js';

/** Who is handed what the feed reads. Called by the feed's one loop only. */
export interface FeedSink {
  frame(frame: LogFrame): void;
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

/** The hub pings every 15 seconds; a connection that was silent for longer when the page wakes up is taken for dead. */
const silentAfterMilliseconds = 20_000;
/** Node's fetch never answers where the connection is closed before its request is written; the next attempt asks again. */
const longestQuestionMilliseconds = 3_000;

/**
 * Reads one room's log: one connection at a time, reconnecting for ever, resuming at the cursor of the last frame that
 * was handed over. Every event reaches the sink once, in order, without a gap; where that cannot be kept, a snapshot
 * replaces what was there. Its one loop, `#run`, ends when the feed is stopped or the hub refuses for good.
 */
export class RoomFeed {
  readonly #options: FeedOptions;
  readonly #sink: FeedSink;
  readonly #position = new FeedPosition();
  readonly #plan: ReconnectPlan;
  #state: ConnectionState = 'offline';
  /** From its opening on; `#isOpen` says when it can be called. */
  #connection: FeedConnection | undefined;
  #isOpen = false;
  #isStopped = false;
  readonly #stopped: Promise<void>;
  #signalStop: () => void = () => {};
  #wasOfflineAt = 0;
  #isStorageAvailable = true;
  #end: ((ending: FeedEnding) => void) | undefined;
  #wake: (() => void) | undefined;
  #run: Promise<HubClientError | undefined> | undefined;

  constructor(options: FeedOptions, sink: FeedSink) {
    this.#options = options;
    this.#sink = sink;
    this.#plan = new ReconnectPlan(options.maxReconnectDelay);
    this.#stopped = new Promise(resolve => { this.#signalStop = resolve; });
  }

  /** The open connection, for calls; undefined while there is none. */
  get connection(): FeedConnection | undefined {
    return this.#isOpen ? this.#connection : undefined;
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
    this.#position.forget();
    this.#end?.({ kind: 'snapshotWanted' });
  }

  async #loop(): Promise<HubClientError | undefined> {
    const stopListening = listenForWakeUps({ onWake: () => this.#onWake(), onOffline: () => this.#onOffline() });
    let refusal: HubClientError | undefined;
    try {
      this.#setState('catchingUp');
      while (!this.#isStopped && !refusal) {
        const ending = await this.#follow();
        this.#plan.ended();
        if (ending.kind === 'refused')
          refusal = ending.error;
        else if (ending.kind !== 'stopped' && !this.#isStopped)
          await this.#beforeNext(ending);
      }
    } finally {
      stopListening();
      this.#setState(refusal ? 'ended' : 'offline', refusal);
    }

    return refusal;
  }

  async #beforeNext(ending: FeedEnding): Promise<void> {
    // Full also of what connections bring that break again and again: a program that takes nothing is told of no more of them.
    if (ending.kind === 'full' || !this.#sink.hasRoom()) {
      this.#setState('catchingUp');
      await Promise.race([this.#sink.room(), this.#stopped]);
      return;
    }

    const delay = this.#plan.next(ending.kind === 'draining');
    this.#setState(isOnline() && !this.#plan.isOffline ? 'reconnecting' : 'offline', ending.kind === 'lost' ? ending.error : undefined);
    await this.#pause(delay);
  }

  /** One connection, from its opening to its end. Never throws. */
  async #follow(): Promise<FeedEnding> {
    let isOver = false;
    let drainTimer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<FeedEnding>(resolve => {
      this.#end = ending => {
        isOver = true;
        resolve(ending);
      };
    });
    const end = this.#end!;
    const connection = this.#connection = this.#options.connect();
    const { roomId } = this.#options;
    connection.onclose(error => end(lost(error)));
    connection.on('PresenceChanged', (id: string, presence: RoomPresence) => {
      if (id === roomId && !isOver)
        this.#sink.presence(presence);
    });
    connection.on('Draining', (withinSeconds: number) => {
      clearTimeout(drainTimer);
      drainTimer = setTimeout(() => end({ kind: 'draining' }), this.#plan.drain(withinSeconds));
    });

    let subscription: { dispose(): void } | undefined;
    try {
      const opened = await this.#open(connection, over);
      if (opened)
        return opened;

      this.#isOpen = true;
      this.#setState('catchingUp');
      // A stream that says nothing of the storage begins with it being there.
      this.#setStorage(true);
      let isFirst = true;
      subscription = connection.stream<RoomFrame>('WatchRoom', roomId, this.#position.cursor).subscribe({
        next: frame => {
          if (isOver)
            return;

          let ending: FeedEnding | undefined;
          if (!this.#isAside(frame)) {
            ending = this.#take(frame as LogFrame, isFirst);
            isFirst = false;
          }

          if (!ending && !this.#sink.hasRoom())
            ending = { kind: 'full' };

          if (ending && !isOver)
            end(ending);
        },
        complete: () => end({ kind: 'lost' }),
        error: error => end(this.#judge(error)),
      });
      return await over;
    } catch (error) {
      return this.#judge(error);
    } finally {
      isOver = true;
      this.#isOpen = false;
      this.#connection = undefined;
      clearTimeout(drainTimer);
      dispose(subscription);
      // Not awaited: on a dead network closing takes as long as the platform pleases.
      connection.stop().catch(() => {});
    }
  }

  /** Opens the connection; an ending where that failed. */
  async #open(connection: FeedConnection, over: Promise<FeedEnding>): Promise<FeedEnding | undefined> {
    const { connectTimeout, whyRefused } = this.#options;
    try {
      const opened = Promise.race([connection.start().then(() => undefined), over]);
      return await withDeadline(opened, connectTimeout, () => lost(new Error('The connection did not open in time.')));
    } catch (error) {
      if (error instanceof HubClientError && error.isFinal)
        return { kind: 'refused', error };

      const answer = Promise.race([whyRefused(), over.then(() => null)]);
      const refusal = await withDeadline(answer, Math.min(connectTimeout, longestQuestionMilliseconds), () => null);
      return refusal?.isFinal ? { kind: 'refused', error: refusal } : lost(error);
    }
  }

  /** Takes what is not of the log, and passes over kinds that a later hub invented: nothing is in them that this client could hold. */
  #isAside(frame: RoomFrame | null): boolean {
    if (frame?.kind === 'storage')
      this.#setStorage(frame.isAvailable);

    return typeof frame?.kind === 'string' && frame.kind !== 'snapshot' && frame.kind !== 'resumed' && frame.kind !== 'events';
  }

  /** Hands a frame over; an ending where it does not continue what was handed over before, or cannot be read. */
  #take(frame: LogFrame, isFirst: boolean): FeedEnding | undefined {
    try {
      // The cursor moves before the hand-over, so that the sink may ask for a snapshot from within.
      if (!this.#position.moveTo(frame, isFirst))
        return this.#wantSnapshot();

      this.#plan.heard();
      this.#sink.frame(frame);
    } catch {
      return this.#wantSnapshot();
    }

    if (!this.#isStopped && this.#position.isCaughtUp)
      this.#setState('live');

    return undefined;
  }

  #wantSnapshot(): FeedEnding {
    this.#position.forget();
    return { kind: 'snapshotWanted' };
  }

  #judge(error: unknown): FeedEnding {
    const hubError = HubClientError.fromHub(error);
    if (hubError.isFinal)
      return { kind: 'refused', error: hubError };

    if (hubError.code !== ErrorCodes.invalid)
      return { kind: 'lost', error: hubError };

    // It was the cursor; without one it is the room's id, and asking again would not help.
    return this.#position.cursor === null ? { kind: 'refused', error: hubError } : this.#wantSnapshot();
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

function dispose(subscription: { dispose(): void } | undefined): void {
  try {
    subscription?.dispose();
  } catch {
    // The connection is gone already.
  }
}
