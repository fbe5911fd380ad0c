import type { StartRunRequest } from 'swarms-hub-client';

/** One agent, as the form holds it. */
export interface AgentFields {
  readonly name: string;
  readonly systemPrompt: string;
}

export const swarmTypes = ['ConcurrentWorkflow', 'SequentialWorkflow', 'MixtureOfAgents'] as const;

/** Builds the Swarms API's request for one agent. */
export function agentRun(task: string, agent: AgentFields, model: string): StartRunRequest {
  return { kind: 'agent', request: { agent_config: agentConfig(agent, model), task } };
}

/** Builds the Swarms API's request for several agents. */
export function swarmRun(task: string, agents: readonly AgentFields[], model: string, swarmType: string): StartRunRequest {
  return {
    kind: 'swarm',
    request: {
      name: agents.map(agent => agent.name).join(', '),
      agents: agents.map(agent => agentConfig(agent, model)),
      max_loops: 1,
      swarm_type: swarmType,
      task,
    },
  };
}

function agentConfig(agent: AgentFields, model: string): Record<string, unknown> {
  return {
    agent_name: agent.name,
    ...(model === '' ? {} : { model_name: model }),
    ...(agent.systemPrompt === '' ? {} : { system_prompt: agent.systemPrompt }),
    max_loops: 1,
  };
}
