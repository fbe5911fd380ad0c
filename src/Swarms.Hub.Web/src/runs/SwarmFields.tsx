import type { AgentFields } from './runRequest';
import './SwarmFields.css';

interface SwarmFieldsProps {
  readonly agents: readonly AgentFields[];
  readonly onAgents: (agents: readonly AgentFields[]) => void;
  readonly swarmType: string;
  readonly onSwarmType: (type: string) => void;
}

export function SwarmFields({ agents, onAgents, swarmType, onSwarmType }: SwarmFieldsProps) {
  const change = (index: number, fields: Partial<AgentFields>) =>
    onAgents(agents.map((agent, i) => (i === index ? { ...agent, ...fields } : agent)));
  return (
    <>
      <label>
        They work
        <select value={swarmType} onChange={event => onSwarmType(event.target.value)}>
          <option value="ConcurrentWorkflow">side by side</option>
          <option value="SequentialWorkflow">one after the other</option>
          <option value="MixtureOfAgents">side by side, then one sums up</option>
        </select>
      </label>
      {agents.map((agent, i) => (
        <fieldset key={i} className="agent-fields">
          <legend>Agent {i + 1}</legend>
          <input
            value={agent.name}
            onChange={event => change(i, { name: event.target.value })}
            required
            aria-label={`Name of agent ${i + 1}`}
            placeholder="Name"
          />
          <input
            value={agent.systemPrompt}
            onChange={event => change(i, { systemPrompt: event.target.value })}
            aria-label={`System prompt of agent ${i + 1}`}
            placeholder="System prompt"
          />
          <button
            type="button"
            className="quiet"
            disabled={agents.length < 2}
            onClick={() => onAgents(agents.filter(other => other !== agent))}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="quiet"
        onClick={() => onAgents([...agents, { name: `Agent ${agents.length + 1}`, systemPrompt: '' }])}
      >
        Add an agent
      </button>
    </>
  );
}
