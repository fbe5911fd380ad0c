import type { RunKind } from '../Protocol/Run.js';

/** What starts a run. */
export interface StartRunRequest {
  /** The body of the Swarms API's own call, in its own snake_case names; unknown fields pass through. */
  readonly request: Readonly<Record<string, unknown>>;
  /** `agent` if left out. */
  readonly kind?: RunKind;
  /** Starting twice with one key and the same request starts one run. The SDK makes one up where it is left out. */
  readonly idempotencyKey?: string;
}

/** The short form: one agent and its task. */
export interface AgentTask {
  readonly task: string;
  readonly agent: string;
  readonly model?: string;
  readonly systemPrompt?: string;
}

/** The Swarms API's request for one agent and its task. */
export function agentRequest(task: AgentTask): StartRunRequest {
  return {
    kind: 'agent',
    request: {
      agent_config: {
        agent_name: task.agent,
        ...(task.model === undefined ? {} : { model_name: task.model }),
        ...(task.systemPrompt === undefined ? {} : { system_prompt: task.systemPrompt }),
      },
      task: task.task,
    },
  };
}
