/** The request that masks a passage of a run's held text. */
export interface MaskRunRequest {
  /** The passage's first unit in the lane's text. */
  readonly start: number;
  /** The unit behind its last one. */
  readonly end: number;
}
