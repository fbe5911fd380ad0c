/** The agent or swarm that runs, as the request names it. */
export interface RunAgent {
  /** The agent's or swarm's name; null if the request has none. */
  readonly name: string | null;
  /** The model's name; null if the request has none. */
  readonly model: string | null;
  /** The id of the room's agent; undefined if the run was started by a request of its own. */
  readonly id?: string;
}
