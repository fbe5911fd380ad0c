/** How a member follows a room. */
export const WatchingStates = {
  /** It watches, and has everything. */
  live: 'live',
  /** It watches, or has just lost its connection, and has yet to be given events. */
  behind: 'behind',
  /** It does not watch. */
  gone: 'gone',
} as const;
