import {
  type HubConnection, HubConnectionBuilder, HttpTransportType, type ILogger, JsonHubProtocol, LogLevel,
} from '@microsoft/signalr';
import type { FeedConnection, StreamObserver } from './FeedConnection.js';

/** Where and as whom to connect. */
export interface SignalRConnectionOptions {
  readonly url: string;
  readonly serverTimeout: number;
  readonly keepAliveInterval: number;
  /** Called once for each connection: there is no negotiation, so a single-use ticket is enough. */
  readonly accessToken: (() => Promise<string>) | undefined;
}

/** A SignalR connection over a WebSocket that was opened without negotiation: no sticky sessions, one request. */
export class SignalRConnection implements FeedConnection {
  readonly #connection: HubConnection;
  readonly #protocol = new HeardProtocol();

  constructor(options: SignalRConnectionOptions) {
    this.#connection = new HubConnectionBuilder()
      .withUrl(options.url, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        ...(options.accessToken ? { accessTokenFactory: options.accessToken } : {}),
      })
      .withHubProtocol(this.#protocol)
      .withServerTimeout(options.serverTimeout)
      .withKeepAliveInterval(options.keepAliveInterval)
      .configureLogging(LogLevel.None)
      .build();
  }

  get heardAt(): number {
    return this.#protocol.heardAt;
  }

  start(): Promise<void> {
    return this.#connection.start();
  }

  stop(): Promise<void> {
    return this.#connection.stop();
  }

  stream<T>(method: string, ...args: unknown[]): { subscribe(observer: StreamObserver<T>): { dispose(): void } } {
    return this.#connection.stream<T>(method, ...args);
  }

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#connection.invoke<T>(method, ...args);
  }

  on(method: string, handler: (...args: never[]) => void): void {
    this.#connection.on(method, handler as (...args: unknown[]) => void);
  }

  onclose(handler: (error?: Error) => void): void {
    this.#connection.onclose(handler);
  }
}

/** SignalR keeps its pings to itself; this is where they pass. */
class HeardProtocol extends JsonHubProtocol {
  heardAt = Date.now();

  override parseMessages(input: string, logger: ILogger): ReturnType<JsonHubProtocol['parseMessages']> {
    this.heardAt = Date.now();
    return super.parseMessages(input, logger);
  }
}
