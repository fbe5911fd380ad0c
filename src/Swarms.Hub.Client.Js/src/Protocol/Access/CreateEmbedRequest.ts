/** The request that lets other pages show one run. */
export interface CreateEmbedRequest {
  /** The id of a run of the room, ended or not. */
  readonly run: string;
  /** The token's lifetime in seconds: 1 second to 30 days; an hour if left out. */
  readonly expiresInSeconds?: number;
  /** True if the run's task stays in the room; false if left out. */
  readonly hideTask?: boolean;
}
