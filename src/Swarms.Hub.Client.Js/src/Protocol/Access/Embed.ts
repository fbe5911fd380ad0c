/** A permission to watch one run from any other page, by a token that is shown once. */
export interface Embed {
  /** An opaque, URL-safe id that sorts by creation. It is no secret. */
  readonly id: string;
  /** The id of the run that its token shows. */
  readonly run: string;
  /** True if the run's task is left out of everything that the token gets. */
  readonly hideTask?: boolean;
  /** The id of the host who made it. */
  readonly by: string;
  /** The time of its creation, in UTC with milliseconds. */
  readonly createdAt: string;
  /** The end of its token's lifetime, in UTC with milliseconds. */
  readonly expiresAt: string;
}
