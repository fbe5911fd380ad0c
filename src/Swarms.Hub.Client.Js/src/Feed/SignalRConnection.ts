import { type HubConnection, HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import type { WebSocketConstructor } from '../HubClientOptions.js';
import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { FeedConnection, Heard } from './FeedConnection.js';
import { Inbox } from './Inbox.js';
import { PatientProtocol } from './PatientProtocol.js';

/** The address and the member of a connection, and its options. */
export interface SignalRConnectionOptions {
  readonly url: string;
  readonly serverTimeout: number;
  readonly keepAliveInterval: number;
  /** Called once for each connection: there is no negotiation, so a single-use ticket is enough. */
  readonly accessToken: (() => Promise<string>) | undefined;
  readonly webSocket: WebSocketConstructor | undefined;
}

/**
 * One SignalR connection over a WebSocket that is opened without negotiation: no sticky sessions, one request. It never reconnects; the
 * feed does.
 */
export class SignalRConnection implements FeedConnection {
  readonly #connection: HubConnection;
  readonly #protocol: PatientProtocol;
  #inbox: Inbox<unknown> | undefined;

  constructor({ url, serverTimeout, keepAliveInterval, accessToken, webSocket }: SignalRConnectionOptions) {
    this.#protocol = new PatientProtocol(
      bytes => (this.#connection.serverTimeoutInMilliseconds = serverTimeout + PatientProtocol.timeFor(bytes)),
    );
    this.#connection = new HubConnectionBuilder()
      .withUrl(url, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        ...(accessToken ? { accessTokenFactory: accessToken } : {}),
        // SignalR takes one, and leaves it out of its types.
        ...(webSocket ? { WebSocket: webSocket } : {}),
      })
      .withHubProtocol(this.#protocol)
      .withServerTimeout(serverTimeout)
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
