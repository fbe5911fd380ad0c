/** The values of `RoomFrame.kind`. */
export const FrameKinds = {
  /** Replace what you have. */
  snapshot: 'snapshot',
  /** Keep what you have and append. */
  resumed: 'resumed',
  /** The next events. */
  events: 'events',
  /** Whether the hub's storage takes writes. Changes nothing of what you have, and its cursor is the one you have. */
  storage: 'storage',
} as const;
