import { HeaderValue } from './Commands/HeaderValue.js';
import type { ConnectionTransport } from './Feed/ConnectionTransport.js';
import type { FeedConnection } from './Feed/FeedConnection.js';

/** A class such as the platform's `WebSocket`. In Node it is called with `(url, protocols, { headers })`. */
export interface WebSocketConstructor {
  readonly OPEN: number;
  new (url: string, protocols?: string | string[], options?: object): object;
}

/** How a program reaches a hub. */
export interface HubClientOptions {
  /** The operator's key: creating a room takes it where the hub listens beyond loopback. None if left out. */
  readonly operatorKey?: string;
  /** `cookie`: the hub's own page, which holds no token but an HttpOnly cookie for each room. */
  readonly session?: 'cookie';
  /**
   * Trade the token for a single-use ticket for every connection, because a browser's WebSocket cannot carry it. True except in Node, if
   * left out.
   */
  readonly useTickets?: boolean;
  /**
   * Longest wait between two attempts to reconnect, in milliseconds; 5,000 if left out. The first attempt comes at once, the second within
   * a second, and the wait's upper bound doubles from there.
   */
  readonly maxReconnectDelay?: number;
  /** Longest wait for a connection to open, in milliseconds; 15,000 if left out. */
  readonly connectTimeout?: number;
  /** A connection on which nothing was heard for so long, in milliseconds, is dead; 8,000 if left out. The hub is heard every 3 seconds. */
  readonly serverTimeout?: number;
  /** How often the hub hears from the client, in milliseconds; 10,000 if left out. */
  readonly keepAliveInterval?: number;
  /**
   * So many events wait for a program that is slow to take them, any other update counting as one; 2,000 if left out. Beyond it the stream
   * is let go, and resumed once the program has taken them all.
   */
  readonly maxBufferedEvents?: number;
  /** Carries calls in place of the platform's `fetch`: through a proxy, with certificates. */
  readonly fetch?: typeof fetch;
  /** Carries connections in place of the platform's `WebSocket`, or of the package `ws` in Node: through a proxy, with certificates. */
  readonly webSocket?: WebSocketConstructor;
  /** @internal Replaces the SignalR connection; for tests. */
  readonly connect?: (transport: ConnectionTransport) => FeedConnection;
}

/** @internal The options with what was left out. */
export type Options = HubClientOptions &
  Required<Pick<HubClientOptions, 'maxReconnectDelay' | 'connectTimeout' | 'serverTimeout' | 'keepAliveInterval' | 'maxBufferedEvents'>>;

/** @internal Checks the options and fills in what was left out. */
export function validate(options: HubClientOptions): Options {
  if (options.operatorKey !== undefined) HeaderValue.require(options.operatorKey, 'operatorKey');

  return {
    ...options,
    maxReconnectDelay: atLeast('maxReconnectDelay', options.maxReconnectDelay ?? 5_000, 0),
    connectTimeout: atLeast('connectTimeout', options.connectTimeout ?? 15_000, 1),
    serverTimeout: atLeast('serverTimeout', options.serverTimeout ?? 8_000, 1),
    keepAliveInterval: atLeast('keepAliveInterval', options.keepAliveInterval ?? 10_000, 1),
    maxBufferedEvents: atLeast('maxBufferedEvents', options.maxBufferedEvents ?? 2_000, 1),
  };
}

function atLeast(name: string, value: number, least: number): number {
  if (!(value >= least)) throw new RangeError(`${name} must be ${least} or more, not ${value}.`);

  return value;
}
