import type { AgentPreset } from './AgentPreset.js';

/**
 * An agent of a room, which is started by its id and a task alone. Properties that are not set are undefined and left out on the wire.
 */
export interface RoomAgent {
  /** The id that a host chose: 1 to 40 of `a` to `z`, `0` to `9` and `-`. */
  readonly id: string;
  /** The name: 1 to 100 characters. */
  readonly name: string;
  /** The model's name: 1 to 200 characters. */
  readonly model: string;
  /** The agent's instructions: at most 16,384 characters. */
  readonly systemPrompt?: string;
  /** The temperature: 0 to 2. */
  readonly temperature?: number;
  /** The most tokens of an answer. */
  readonly maxTokens?: number;
  /** The most loops of the agent. */
  readonly maxLoops?: number;
  /** Further fields of the Swarms API's `agent_config`, in its own names; never a secret. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The prompts that the room keeps ready for it, at most 20. */
  readonly presets: readonly AgentPreset[];
  /** Whether the agent answers messages that mention it. */
  readonly answersMentions: boolean;
  /** The places of its secrets below `agent_config`. Their values are never shown. */
  readonly secrets: readonly string[];
}
