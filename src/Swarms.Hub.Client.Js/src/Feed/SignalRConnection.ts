import { type HubConnection, HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import type { WebSocketConstructor } from '../HubClientOptions.js';
import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { RoomWatching } from '../Protocol/Members/RoomWatching.js';
import { ConnectionTransport } from './ConnectionTransport.js';
import type { FeedConnection, Heard } from './FeedConnection.js';
import { FetchTransport } from './FetchTransport.js';
import { Inbox } from './Inbox.js';
import { PatientProtocol } from './PatientProtocol.js';

/** The address and the member of a connection, and its options. */
export interface SignalRConnectionOptions {
  readonly url: string;
  readonly transport: ConnectionTransport;
  readonly serverTimeout: number;
  readonly keepAliveInterval: number;
  /** Called once for each WebSocket: there is no negotiation, so a single-use ticket is enough. Called for each poll. */
  readonly accessToken: (() => Promise<string>) | undefined;
  readonly fetch: typeof fetch | undefined;
  readonly credentials: RequestCredentials;
  readonly webSocket: WebSocketConstructor | undefined;
}

/**
 * A poll shows nothing of an answer before all of it is there, and no announcement of a large one either. So a long silence is no sign of
 * death.
 */
const pollingPatienceMilliseconds = 30_000;

/**
 * One SignalR connection. A WebSocket is opened without negotiation: no sticky sessions, one request. It never reconnects; the feed does.
 */
export class SignalRConnection implements FeedConnection {
  readonly transport: ConnectionTransport;
  readonly #connection: HubConnection;
  readonly #protocol: PatientProtocol;
  #inbox: Inbox<unknown> | undefined;

  constructor(options: SignalRConnectionOptions) {
    const { url, transport, serverTimeout, keepAliveInterval, accessToken, webSocket } = options;
    const isPolling = transport === ConnectionTransport.longPolling;
    const patience = isPolling ? Math.max(serverTimeout, pollingPatienceMilliseconds) : serverTimeout;
    this.transport = transport;
    this.#protocol = new PatientProtocol(
      bytes => (this.#connection.serverTimeoutInMilliseconds = patience + PatientProtocol.timeFor(bytes)),
    );
    this.#connection = new HubConnectionBuilder()
      .withUrl(url, {
        transport: isPolling ? HttpTransportType.LongPolling : HttpTransportType.WebSockets,
        skipNegotiation: !isPolling,
        ...(isPolling ? { httpClient: new FetchTransport(options.fetch, options.credentials) } : {}),
        ...(accessToken ? { accessTokenFactory: accessToken } : {}),
        // SignalR takes one, and leaves it out of its types.
        ...(webSocket ? { WebSocket: webSocket } : {}),
      })
      .withHubProtocol(this.#protocol)
      .withServerTimeout(patience)
      .withKeepAliveInterval(keepAliveInterval)
      .configureLogging(LogLevel.None)
      .build();
  }

  get heard(): Heard {
    return this.#protocol.heard;
  }

  get patience(): number {
    return this.#connection.serverTimeoutInMilliseconds;
  }

  onPresence(handler: (roomId: string, presence: RoomPresence) => void): void {
    this.#connection.on('PresenceChanged', (roomId: string, presence: RoomPresence) => this.#inbox?.call(() => handler(roomId, presence)));
  }

  onWatching(handler: (roomId: string, watching: RoomWatching) => void): void {
    this.#connection.on('WatchingChanged', (roomId: string, watching: RoomWatching) => this.#inbox?.call(() => handler(roomId, watching)));
  }

  onDraining(handler: (withinSeconds: number) => void): void {
    this.#connection.on('Draining', handler);
  }

  open(): Promise<void> {
    return this.#connection.start();
  }

  async *watch(roomId: string, cursor: string | null, signal: AbortSignal): AsyncGenerator<unknown, void, undefined> {
    const inbox = (this.#inbox = new Inbox<unknown>());
    const discard = () => inbox.discard();
    signal.addEventListener('abort', discard);
    const subscription = this.#connection.stream<unknown>('WatchRoom', roomId, cursor).subscribe({
      next: frame => inbox.push(frame),
      error: (error: unknown) => inbox.fail(error),
      complete: () => inbox.complete(),
    });
    try {
      if (!signal.aborted) yield* inbox;
    } finally {
      signal.removeEventListener('abort', discard);
      dispose(subscription);
    }
  }

  async invoke(method: string, args: readonly unknown[]): Promise<void> {
    await this.#connection.invoke(method, ...args);
  }

  close(): Promise<void> {
    return this.#connection.stop();
  }
}

function dispose(subscription: { dispose(): void }): void {
  try {
    subscription.dispose();
  } catch {
    // The connection is gone already.
  }
}
