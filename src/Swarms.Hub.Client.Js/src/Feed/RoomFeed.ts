import { HubClientError } from '../HubClientError.js';
import { ErrorCodes } from '../Protocol/ErrorCodes.js';
import { readFrame, type RoomFrame, type UnknownFrame } from '../Protocol/Feed/RoomFrame.js';
import { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { RoomWatching } from '../Protocol/Members/RoomWatching.js';
import { ConnectionState } from './ConnectionState.js';
import { ConnectionTransport } from './ConnectionTransport.js';
import { unlessAborted, wait } from './Deadline.js';
import { type FeedConnection, Heard } from './FeedConnection.js';
import type { FeedEndpoint } from './FeedEndpoint.js';
import { FeedEnding } from './FeedEnding.js';
import { FeedPosition } from './FeedPosition.js';
import { NetworkFault } from './NetworkFault.js';
import { ReconnectPlan } from './ReconnectPlan.js';
import { TransportChoice } from './TransportChoice.js';
import type { UpdateQueue } from './UpdateQueue.js';
import { isOnline, listenForWakeUps } from './WakeUps.js';

/** A browser that says that its network is gone is believed where the hub does not answer within this time. */
const answerWithinMilliseconds = 2_000;

/**
 * Reads one room's log: one connection at a time, reconnecting for ever, resuming at the cursor of the last frame that was queued for the
 * program. Every event is queued once, in order, without a gap; where that cannot be kept, a snapshot replaces the events before. Its one
 * loop, `run`, ends when it is stopped, when the hub refuses for good, or at a fault of the program itself. Next: `UpdateQueue`.
 */
export class RoomFeed {
  readonly #endpoint: FeedEndpoint;
  readonly #queue: UpdateQueue;
  readonly #position: FeedPosition;
  readonly #plan: ReconnectPlan;
  #stream: AbortController | undefined;
  #streamEnding: FeedEnding = FeedEnding.lost;
  #isSnapshotWanted = false;
  /** From its opening on; `#isOpen` says when it can be called. */
  #connection: FeedConnection | undefined;
  #isOpen = false;
  #state: ConnectionState = ConnectionState.offline;
  #transport: ConnectionTransport = ConnectionTransport.webSockets;
  #error: HubClientError | undefined;
  #presence: RoomPresence | undefined;
  #isStorageAvailable = true;
  #offlineSince: Heard | undefined;
  #wake: AbortController | undefined;
  #question: ReturnType<typeof setTimeout> | undefined;

  constructor(endpoint: FeedEndpoint, queue: UpdateQueue) {
    this.#endpoint = endpoint;
    this.#position = new FeedPosition(endpoint.isOfEmbed);
    this.#queue = queue;
    this.#plan = new ReconnectPlan(endpoint.options.maxReconnectDelay);
  }

  /** The feed's state, which the program learns when it has taken the updates before. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** The transport of the last connection that opened. */
  get transport(): ConnectionTransport {
    return this.#transport;
  }

  /** The open connection, for calls; undefined while there is none. */
  get connection(): FeedConnection | undefined {
    return this.#isOpen ? this.#connection : undefined;
  }

  /** The cursor of the last frame that was queued; null where the next stream begins with a snapshot. */
  get cursor(): string | null {
    return this.#position.cursor;
  }

  /** Drops the cursor and asks for a snapshot. */
  askForSnapshot(): void {
    this.#isSnapshotWanted = true;
    this.#endStream(FeedEnding.snapshotWanted);
  }

  /** Runs until it is stopped or refused, and gives the hub's refusal in that case. Throws only a fault of the program itself. */
  async run(stopping: AbortSignal): Promise<HubClientError | undefined> {
    const stopListening = listenForWakeUps({ onWake: () => this.#onWake(), onOffline: () => this.#onOffline() });
    let refusal: HubClientError | undefined;
    try {
      this.#setState(ConnectionState.catchingUp);
      while (!refusal && !stopping.aborted) {
        const ending = await this.#follow(stopping);
        this.#plan.ended();
        if (ending === FeedEnding.refused) refusal = this.#error;
        else if (ending !== FeedEnding.transportChanged && !stopping.aborted) await this.#pause(ending, stopping);
      }
    } finally {
      stopListening();
      clearTimeout(this.#question);
      this.#setState(refusal ? ConnectionState.ended : ConnectionState.offline, refusal);
      this.#queue.complete();
    }

    return refusal;
  }

  async #pause(ending: FeedEnding, stopping: AbortSignal): Promise<void> {
    // Full also of what connections bring that break again and again: a program that takes nothing is told of no more of them.
    if (ending === FeedEnding.full || !this.#queue.hasRoom) {
      this.#setState(ConnectionState.catchingUp);
      await unlessAborted(this.#queue.waitUntilEmpty(), stopping);
      return;
    }

    const delay = this.#plan.next(ending === FeedEnding.draining, this.#error);
    const isOffline = this.#plan.isOffline || !isOnline();
    this.#setState(isOffline ? ConnectionState.offline : ConnectionState.reconnecting, this.#error);
    const wake = (this.#wake = new AbortController());
    const stop = () => wake.abort();
    stopping.addEventListener('abort', stop);
    await wait(delay, wake.signal);
    stopping.removeEventListener('abort', stop);
    this.#wake = undefined;
  }

  /** One connection, from its opening to its end. */
  async #follow(stopping: AbortSignal): Promise<FeedEnding> {
    this.#error = undefined;
    this.#presence = undefined;
    const stream = (this.#stream = new AbortController());
    const stop = () => stream.abort();
    stopping.addEventListener('abort', stop);
    let drain: ReturnType<typeof setTimeout> | undefined;
    let connection: FeedConnection | undefined;
    try {
      connection = this.#connection = this.#endpoint.connect();
      connection.onPresence((roomId, presence) => this.#takePresence(roomId, presence, stream.signal));
      connection.onWatching((roomId, watching) => this.#takeWatching(roomId, watching, stream.signal));
      connection.onDraining(withinSeconds => {
        clearTimeout(drain);
        drain = setTimeout(() => this.#endStream(FeedEnding.draining), this.#plan.drain(withinSeconds));
      });
      const hasOpened = await unlessAborted(this.#endpoint.open(connection), stream.signal);
      if (stream.signal.aborted) return this.#streamEnding;

      if (hasOpened === false) return FeedEnding.transportChanged;

      this.#isOpen = true;
      this.#transport = connection.transport;
      if (connection.transport === ConnectionTransport.longPolling) this.#tryWebSockets(stream.signal);
      return await this.#read(connection, stream.signal);
    } catch (error) {
      if (stream.signal.aborted) return this.#streamEnding;

      if (!NetworkFault.is(error)) throw error;

      return this.#judge(HubClientError.fromHub(error));
    } finally {
      this.#isOpen = false;
      this.#connection = undefined;
      this.#stream = undefined;
      clearTimeout(drain);
      stopping.removeEventListener('abort', stop);
      stream.abort();
      // Not awaited: on a dead network closing takes as long as the platform pleases.
      connection?.close().catch(() => {});
    }
  }

  /** Ends the stream of a connection without a WebSocket once these are passed again. */
  #tryWebSockets(signal: AbortSignal): void {
    const attempt = async () => {
      do await wait(TransportChoice.tryAgainAfterMilliseconds, signal);
      while (!signal.aborted && !(await this.#endpoint.passesWebSockets(signal)));

      if (!signal.aborted) this.#endStream(FeedEnding.transportChanged);
    };
    // A fault of the program shows as the feed connects.
    attempt().catch(() => {});
  }

  async #read(connection: FeedConnection, signal: AbortSignal): Promise<FeedEnding> {
    if (this.#isSnapshotWanted) {
      this.#isSnapshotWanted = false;
      this.#position.forget();
    }

    this.#setState(ConnectionState.catchingUp);
    // A stream that says nothing of the storage begins with it being there.
    this.#setStorage(true);
    let isFirst = true;
    for await (const value of connection.watch(this.#endpoint.roomId, this.#position.cursor, signal)) {
      const frame = readFrame(value);
      if (frame === undefined) return this.#wantSnapshot();

      if (frame.kind === 'storage') this.#setStorage(frame.isAvailable);

      // Any other kind is one that a later hub invented: nothing of the log is in it that this client could hold.
      if (isOfLog(frame)) {
        if (!this.#position.moveTo(frame, isFirst)) return this.#wantSnapshot();

        isFirst = false;
        this.#plan.heard();
        this.#queue.write({ frame });
        if (this.#position.isCaughtUp) this.#setState(ConnectionState.live);
      }

      if (!this.#queue.hasRoom) return FeedEnding.full;
    }

    return signal.aborted ? this.#streamEnding : FeedEnding.lost;
  }

  #wantSnapshot(): FeedEnding {
    this.#position.forget();
    return FeedEnding.snapshotWanted;
  }

  #judge(error: HubClientError): FeedEnding {
    this.#error = error;
    if (!error.isFinal) return FeedEnding.lost;

    // Invalid was the cursor; without one it is the room's id, and asking again would not help.
    return error.code === ErrorCodes.invalid && this.#position.cursor !== null ? this.#wantSnapshot() : FeedEnding.refused;
  }

  #takePresence(roomId: string, presence: RoomPresence, signal: AbortSignal): void {
    // The whole comes first on each connection. A change before it says too little.
    if (roomId !== this.#endpoint.roomId || signal.aborted || (presence.left !== undefined && !this.#presence)) return;

    this.#presence = this.#presence ? RoomPresence.apply(this.#presence, presence) : presence;
    this.#queue.write({ update: { kind: 'presence', presence: this.#presence } });
  }

  #takeWatching(roomId: string, watching: RoomWatching, signal: AbortSignal): void {
    if (roomId === this.#endpoint.roomId && !signal.aborted) this.#queue.write({ update: { kind: 'watching', watching } });
  }

  #endStream(ending: FeedEnding): void {
    this.#streamEnding = ending;
    this.#stream?.abort();
  }

  #setStorage(isAvailable: boolean): void {
    if (this.#isStorageAvailable === isAvailable) return;

    this.#isStorageAvailable = isAvailable;
    this.#queue.write({ update: { kind: 'storage', isAvailable } });
  }

  #setState(state: ConnectionState, error?: HubClientError): void {
    if (this.#state === state) return;

    this.#state = state;
    this.#queue.write({ update: { kind: 'connectionState', connectionState: state, ...(error ? { error } : {}) } });
  }

  #onWake(): void {
    this.#wake?.abort();
    const heard = this.#connection?.heard;
    if (heard && ((this.#offlineSince && heard.isBefore(this.#offlineSince)) || heard.ago > this.#connection!.patience))
      this.#endStream(FeedEnding.lost);
  }

  /** The hub may run on the same machine, so it is asked before the browser is believed. */
  #onOffline(): void {
    this.#offlineSince = new Heard();
    if (this.#state === ConnectionState.reconnecting) this.#setState(ConnectionState.offline);
    const { connection } = this;
    const asked = this.#connection;
    let hasAnswered = false;
    const answer = () => {
      hasAnswered = true;
    };
    // A hub that does not know the call answers as well.
    connection?.invoke('Ping', []).then(answer, answer);
    clearTimeout(this.#question);
    this.#question = setTimeout(() => {
      const isThere = connection ? hasAnswered : this.#isOpen;
      if (asked && asked === this.#connection && !isThere) this.#lose();
    }, answerWithinMilliseconds);
  }

  #lose(): void {
    this.#endStream(FeedEnding.lost);
    this.#error = new HubClientError(HubClientError.hubUnreachable, 'The network is gone, and the hub does not answer.');
  }
}

function isOfLog(frame: RoomFrame | UnknownFrame): frame is Exclude<RoomFrame, { kind: 'storage' }> {
  return frame.kind === 'snapshot' || frame.kind === 'resumed' || frame.kind === 'events';
}
