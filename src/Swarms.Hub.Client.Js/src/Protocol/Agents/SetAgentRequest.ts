import type { AgentPreset } from './AgentPreset.js';

/** The request that creates an agent of a room, or replaces all of it but its secrets. */
export interface SetAgentRequest {
  /** The name: 1 to 100 characters. */
  readonly name: string;
  /** The model's name: 1 to 200 characters. */
  readonly model: string;
  /** The agent's instructions: at most 16,384 characters. */
  readonly systemPrompt?: string;
  /** The temperature: 0 to 2. */
  readonly temperature?: number;
  /** The most tokens of an answer: 1 to 1,000,000. */
  readonly maxTokens?: number;
  /** The most loops of the agent: 1 to 100. */
  readonly maxLoops?: number;
  /** Further fields of the Swarms API's `agent_config`, in its own names: an object of at most 16 KiB. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The prompts that the room keeps ready for it, at most 20. */
  readonly presets?: readonly AgentPreset[];
  /** Whether the agent answers messages that mention it. */
  readonly answersMentions?: boolean;
  /**
   * Secret texts by their places below `agent_config`, as `mcp_config.authorization_token`. A place that is left out keeps its secret, and
   * null removes it.
   */
  readonly secrets?: Readonly<Record<string, string | null>>;
}
