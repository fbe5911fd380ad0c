/** The request that declines a proposal. */
export interface DeclineRunRequest {
  /** The reason, which the room sees: at most 500 characters; none if left out. */
  readonly reason?: string;
}
