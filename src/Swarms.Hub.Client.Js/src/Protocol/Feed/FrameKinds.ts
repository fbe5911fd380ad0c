/** The values of `RoomFrame.kind`. */
export const FrameKinds = {
  /** The whole state: replace what you have. */
  snapshot: 'snapshot',
  /** The answer to a known cursor: keep what you have and append. */
  resumed: 'resumed',
  /** The next events. */
  events: 'events',
  /** The storage began or stopped to fail. Changes nothing of what you have, and its cursor is the one you have. */
  storage: 'storage',
} as const;
