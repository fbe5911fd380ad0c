/** The votes for one run of a group. */
export interface GroupVotes {
  /** The run's id. */
  readonly run: string;
  /** The ids of the members who voted for it, in order of their votes. */
  readonly by: readonly string[];
}
