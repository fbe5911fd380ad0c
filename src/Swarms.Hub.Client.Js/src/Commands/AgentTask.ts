import { RunKinds } from '../Protocol/Runs/RunKinds.js';
import type { StartRunRequest } from '../Protocol/Runs/StartRunRequest.js';

/** The short form of a run: one agent and its task. */
export interface AgentTask {
  /** The task. */
  readonly task: string;
  /** The agent's name. */
  readonly agent: string;
  /** The model's name; the upstream chooses if left out. */
  readonly model?: string;
  /** The agent's instructions. */
  readonly systemPrompt?: string;
}

/** The Swarms API's request for it. */
export function toRequest({ task, agent, model, systemPrompt }: AgentTask): StartRunRequest {
  return {
    kind: RunKinds.agent,
    request: {
      agent_config: {
        agent_name: agent,
        ...(model === undefined ? {} : { model_name: model }),
        ...(systemPrompt === undefined ? {} : { system_prompt: systemPrompt }),
      },
      task,
    },
  };
}
