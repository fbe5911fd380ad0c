import { useLanguage } from '../../language/useLanguage';
import { swarmTypes, type AgentFields } from './runRequest';
import './SwarmFields.css';

interface SwarmFieldsProps {
  readonly agents: readonly AgentFields[];
  readonly onAgents: (agents: readonly AgentFields[]) => void;
  readonly swarmType: string;
  readonly onSwarmType: (type: string) => void;
}

export function SwarmFields({ agents, onAgents, swarmType, onSwarmType }: SwarmFieldsProps) {
  const { t } = useLanguage();
  const change = (index: number, fields: Partial<AgentFields>) =>
    onAgents(agents.map((agent, i) => (i === index ? { ...agent, ...fields } : agent)));
  return (
    <>
      <label>
        {t('swarm.how')}
        <select value={swarmType} onChange={event => onSwarmType(event.target.value)}>
          {swarmTypes.map(type => (
            <option key={type} value={type}>
              {t(`swarm.${type}`)}
            </option>
          ))}
        </select>
      </label>
      {agents.map((agent, i) => (
        <fieldset key={i} className="agent-fields">
          <legend>{t('swarm.agent', { number: i + 1 })}</legend>
          <input
            value={agent.name}
            onChange={event => change(i, { name: event.target.value })}
            required
            dir="auto"
            aria-label={t('swarm.nameOf', { number: i + 1 })}
            placeholder={t('common.name')}
          />
          <input
            value={agent.systemPrompt}
            onChange={event => change(i, { systemPrompt: event.target.value })}
            dir="auto"
            aria-label={t('swarm.promptOf', { number: i + 1 })}
            placeholder={t('composer.systemPrompt')}
          />
          <button
            type="button"
            className="quiet"
            disabled={agents.length < 2}
            onClick={() => onAgents(agents.filter(other => other !== agent))}
          >
            {t('common.remove')}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="quiet"
        onClick={() => onAgents([...agents, { name: t('swarm.agent', { number: agents.length + 1 }), systemPrompt: '' }])}
      >
        {t('swarm.add')}
      </button>
    </>
  );
}
