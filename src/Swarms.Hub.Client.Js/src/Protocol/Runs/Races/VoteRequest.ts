/** The request that votes for a run of a group. */
export interface VoteRequest {
  /** The run's id. */
  readonly run: string;
}
