/** Whether a client should try again after an `Ending`. */
export const ComeBack = {
  /** The same call would end in the same way. */
  no: 'no',
  /** At once, with the cursor of the last frame. */
  now: 'now',
  /** After `Retry-After` where it is given, else after a delay that grows. */
  after: 'after',
} as const;

/** One of `ComeBack`. */
export type ComeBack = (typeof ComeBack)[keyof typeof ComeBack];
