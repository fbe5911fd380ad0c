/** Who runs, as the request names it. */
export interface RunAgent {
  /** The agent's or swarm's name; null where the request has none. */
  readonly name: string | null;
  /** The model's name; null where the request has none. */
  readonly model: string | null;
}
