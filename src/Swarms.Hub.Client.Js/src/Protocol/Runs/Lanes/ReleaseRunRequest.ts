/** The request that releases a run's held text. */
export interface ReleaseRunRequest {
  /** The place in the lane's text up to which it is released; undefined for all that is held. */
  readonly to?: number;
}
