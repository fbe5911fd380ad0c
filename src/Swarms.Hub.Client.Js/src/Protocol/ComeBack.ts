/** The advice to a client after an `Ending`: try again or not. */
export const ComeBack = {
  /** Do not try again: the same call would end in the same way. */
  no: 'no',
  /** Try again at once, with the cursor of the last frame. */
  now: 'now',
  /** Try again after `Retry-After`; without it, after a growing delay. */
  after: 'after',
} as const;

/** The advice to a client after an `Ending`: try again or not. */
export type ComeBack = (typeof ComeBack)[keyof typeof ComeBack];
