/** Why a run failed. */
export interface RunError {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** A sentence; the upstream's own words where it gave any. */
  readonly message: string;
}
