/** The caller's vote in a group, also after the group was revealed. The votes of others are no part of it. */
export interface OwnVote {
  /** The id of the run; null if the caller voted for none, or took its vote back. */
  readonly run: string | null;
}
