/** A prompt that a room keeps ready for one of its agents. */
export interface AgentPreset {
  /** The title by which people choose it: 1 to 100 characters. */
  readonly title: string;
  /** The task that it stands for: 1 to 2,000 characters. */
  readonly prompt: string;
}
