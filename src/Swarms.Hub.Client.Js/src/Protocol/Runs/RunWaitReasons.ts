/** The reasons of a `run.waiting` event. */
export const RunWaitReasons = {
  /** The upstream takes no more calls with this hub's key for a while. */
  rateLimit: 'rate_limit',
  /** The upstream is not available, and said when to call again. */
  unavailable: 'unavailable',
} as const;

/** One of `RunWaitReasons`. */
export type RunWaitReason = (typeof RunWaitReasons)[keyof typeof RunWaitReasons];
