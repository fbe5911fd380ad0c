import type { HubApi } from '../Commands/HubApi.js';
import type { HubCall } from '../Commands/HubCall.js';
import { HubClientError } from '../HubClientError.js';
import type { Options } from '../HubClientOptions.js';
import { ConnectionTransport } from './ConnectionTransport.js';
import { unlessAborted, withDeadline } from './Deadline.js';
import type { FeedConnection } from './FeedConnection.js';
import type { FeedEndpoint } from './FeedEndpoint.js';
import { NetworkFault } from './NetworkFault.js';

/** Node's fetch never answers where the connection is closed before its request is written; the next attempt asks again. */
const longestQuestionMilliseconds = 3_000;

/** The way of one member to one room, or of an embed's reader to its run. */
export class RoomEndpoint implements FeedEndpoint {
  readonly #api: HubApi;
  readonly roomId: string;
  readonly token: string | undefined;
  /** True for an embed, whose run has the room's place. */
  readonly isOfEmbed: boolean;

  constructor(api: HubApi, roomId: string, token: string | undefined, isOfEmbed = false) {
    this.#api = api;
    this.roomId = roomId;
    this.token = token;
    this.isOfEmbed = isOfEmbed;
  }

  /** The way of the same member to a lane. */
  toLane(lane: string): RoomEndpoint {
    return new RoomEndpoint(this.#api, lane, this.token);
  }

  get options(): Options {
    return this.#api.options;
  }

  /** Aborted when the client is closed. */
  get stopping(): AbortSignal {
    return this.#api.stopping;
  }

  throwIfClosed(): void {
    this.#api.throwIfClosed();
  }

  /** A new connection, not yet open, by the transport whose turn it is. */
  connect(): FeedConnection {
    return this.#api.connect(this.token, this.#api.transports.next);
  }

  /**
   * Opens a connection; false where the network passes no WebSockets, and the next one does without. Fails with the hub's own refusal,
   * where it can be asked for one.
   */
  async open(connection: FeedConnection): Promise<boolean> {
    const isWebSocket = connection.transport === ConnectionTransport.webSockets;
    try {
      await this.#openInTime(connection);
      if (isWebSocket) this.#api.transports.opened();
      return true;
    } catch (error) {
      if (!NetworkFault.is(error)) throw error;

      // A dead network lets a WebSocket wait as well, and would let the question wait.
      const isLate = error instanceof HubClientError && error.code === HubClientError.hubUnreachable;
      if (error instanceof HubClientError && !(isLate && !this.#api.transports.hasOpened)) throw error;

      await this.#requireAnswer(error);
      if (isWebSocket && this.#api.transports.refused()) return false;

      throw this.#api.unconnected(error);
    }
  }

  /** Tries whether WebSockets open again. */
  async passesWebSockets(signal: AbortSignal): Promise<boolean> {
    const trial = this.#api.connect(this.token, ConnectionTransport.webSockets);
    try {
      await unlessAborted(this.#openInTime(trial), signal);
      if (signal.aborted) return false;

      this.#api.transports.opened();
      return true;
    } catch (error) {
      if (!NetworkFault.is(error)) throw error;

      this.#api.transports.refused();
      return false;
    } finally {
      trial.close().catch(() => {});
    }
  }

  send<T>(method: HubCall['method'], path: string, body?: unknown, isRepeatable = false): Promise<T> {
    return this.#api.send(this.#call(method, path, body, isRepeatable));
  }

  done(method: HubCall['method'], path: string, body?: unknown, isRepeatable = false): Promise<void> {
    return this.#api.done(this.#call(method, path, body, isRepeatable));
  }

  getText(path: string): Promise<string> {
    return this.#api.getText(this.#call('GET', path, undefined, true));
  }

  /** The address of a path of the room, for links. */
  url(path: string): string {
    return this.#api.address(this.#path(path)).href;
  }

  #openInTime(connection: FeedConnection): Promise<void> {
    return withDeadline(
      connection.open(),
      this.options.connectTimeout,
      () => new HubClientError(HubClientError.hubUnreachable, 'The connection to the hub did not open in time.'),
    );
  }

  /** Fails where a call does, because a connection that is refused does not say why. */
  async #requireAnswer(failure: unknown): Promise<void> {
    const question = this.#api.done(
      this.isOfEmbed
        ? { method: 'GET', path: `api/embed/${encodeURIComponent(this.roomId)}`, token: this.token }
        : this.#call('GET', '/runs?limit=1'),
    );
    await withDeadline(question, Math.min(this.options.connectTimeout, longestQuestionMilliseconds), () => this.#api.unreachable(failure));
  }

  #call(method: HubCall['method'], path: string, body?: unknown, isRepeatable = false): HubCall {
    return { method, path: this.#path(path), token: this.token, body, isRepeatable };
  }

  #path(path: string): string {
    return `api/rooms/${encodeURIComponent(this.roomId)}${path}`;
  }
}
