/** The values of `RoomFrame.reason`. */
export const SnapshotReasons = {
  /** The viewer gave no cursor. */
  first: 'first',
  /** The cursor is not of the hub's history: events were lost, restored or changed. */
  diverged: 'diverged',
  /** The viewer is too far back to be sent the events in between. */
  behind: 'behind',
  /** The viewer may see more than before, or less. */
  audience: 'audience',
} as const;
