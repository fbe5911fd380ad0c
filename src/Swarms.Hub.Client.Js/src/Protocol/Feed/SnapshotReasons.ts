/** The values of `RoomFrame.reason`. */
export const SnapshotReasons = {
  /** No cursor was given. */
  first: 'first',
  /** The cursor is not of the history that the hub has: something after it was lost, restored or changed. */
  diverged: 'diverged',
  /** The viewer is too far back for history. */
  behind: 'behind',
} as const;
