/** The text of one agent of a swarm. */
export interface RunPart {
  /** The agent's name; null for chunks that name none. */
  readonly agent: string | null;
  /** Its chunks in sequence order. */
  readonly text: string;
}
