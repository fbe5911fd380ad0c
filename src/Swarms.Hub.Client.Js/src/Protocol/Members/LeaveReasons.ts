/** The reasons of `member.left` events. */
export const LeaveReasons = {
  /** The member left by itself. */
  left: 'left',
  /** A host removed the member. */
  removed: 'removed',
} as const;
