/** The ways by which a watched room's frames arrive. */
export const ConnectionTransport = {
  /** A WebSocket. */
  webSockets: 'webSockets',
  /**
   * One request after the other, because the network or a proxy passes no WebSockets. Nothing is lost or out of order; it costs more, and a
   * lost connection is noticed later. WebSockets are tried again every minute.
   */
  longPolling: 'longPolling',
} as const;

/** One of `ConnectionTransport`. */
export type ConnectionTransport = (typeof ConnectionTransport)[keyof typeof ConnectionTransport];
