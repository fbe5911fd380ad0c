/** The values of `HoldBack.withoutHost`. */
export const HostAbsences = {
  /** Runs whose text is held are cancelled; what is held is not released. */
  stop: 'stop',
  /** The held text is released at once, and so is all that follows until a host is back. */
  release: 'release',
} as const;
