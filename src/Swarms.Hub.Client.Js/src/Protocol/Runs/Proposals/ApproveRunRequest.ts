/** The request that approves a proposal. */
export interface ApproveRunRequest {
  /** The task to send in place of the proposer's; the proposer's own if left out. */
  readonly task?: string;
}
