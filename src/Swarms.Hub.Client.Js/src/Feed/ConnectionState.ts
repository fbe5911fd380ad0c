/** How a watched room is connected. */
export const ConnectionState = {
  /**
   * Not watching; or four connections in a row brought nothing, or the connection was lost while the platform knows of no network.
   * Attempts go on.
   */
  offline: 'offline',
  /**
   * Connecting for the first time, or connected and taking what was missed; also while a slow program takes what is held for it.
   */
  catchingUp: 'catchingUp',
  /** What was missed has been handed over, and events arrive as they happen. */
  live: 'live',
  /** The connection was lost and is being made again. */
  reconnecting: 'reconnecting',
  /** The hub has no such room for this member any more. Final. */
  ended: 'ended',
} as const;

/** One of `ConnectionState`. */
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];
