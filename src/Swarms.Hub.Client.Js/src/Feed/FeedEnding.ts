/** How one connection's stream ended, and so what comes next. */
export const FeedEnding = {
  /** The connection broke, or the hub closed the stream: reconnect and resume. */
  lost: 'lost',
  /** The hub refuses this caller, and the table of endings says not to come back. */
  refused: 'refused',
  /** A frame does not continue the ones before: reconnect without a cursor. */
  snapshotWanted: 'snapshotWanted',
  /** The hub is stopping and this viewer's turn to leave has come: reconnect and resume. */
  draining: 'draining',
  /** The program is too slow: wait for it, then resume. */
  full: 'full',
  /** The network passes no WebSockets, or does so again: connect by the other transport at once. */
  transportChanged: 'transportChanged',
} as const;

/** One of `FeedEnding`. */
export type FeedEnding = (typeof FeedEnding)[keyof typeof FeedEnding];
