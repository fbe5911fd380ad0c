import type { FeedConnection } from './Feed/FeedConnection.js';

/** How a program reaches a hub. */
export interface HubClientOptions {
  /** The operator's key: creating a room takes it where the hub listens beyond loopback. */
  readonly operatorKey?: string;
  /** `cookie`: the hub's own page, which holds no token but an HttpOnly cookie for each room. */
  readonly session?: 'cookie';
  /**
   * Trade the token for a single-use ticket for every connection, because a browser's WebSocket cannot carry it.
   * Left out: true except in Node.
   */
  readonly useTickets?: boolean;
  /** Longest wait between two attempts to reconnect, in milliseconds, 1,000 or more; 5,000 if left out. */
  readonly maxReconnectDelay?: number;
  /** Longest wait for a connection to open, in milliseconds; 15,000 if left out. */
  readonly connectTimeout?: number;
  /** A connection on which nothing was heard for so long, in milliseconds, is dead; 30,000 if left out. */
  readonly serverTimeout?: number;
  /** How often the client lets the hub hear from it, in milliseconds, about half the hub's own timeout; 15,000 if left out. */
  readonly keepAliveInterval?: number;
  /**
   * So many events wait for a program that is slow to take them, any other update counting as one; 2,000 if left out. Beyond
   * it the stream is let go, and resumed once the program has taken them all. A hub answers a resumption from farther back with a snapshot.
   */
  readonly maxBufferedEvents?: number;
  /** Replaces the platform's fetch. */
  readonly fetch?: typeof fetch;
  /** Replaces the SignalR connection; for tests. */
  readonly connect?: () => FeedConnection;
}
