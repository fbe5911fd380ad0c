/** What one agent of a swarm has said. */
export interface RunPart {
  /** The agent's name; null for chunks that name none. */
  readonly agent: string | null;
  /** Its chunks in sequence order. */
  readonly text: string;
}
