import { useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { isSendKey } from '../shared/isSendKey';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { agentRun, swarmRun, swarmTypes, type AgentFields } from './runRequest';
import { SwarmFields } from './SwarmFields';
import './Composer.css';

const firstAgents: readonly AgentFields[] = [
  { name: 'Optimist', systemPrompt: 'You look for what could go well.' },
  { name: 'Skeptic', systemPrompt: 'You look for what could go wrong.' },
];

/** The form that starts a run. */
export function Composer({ client }: { client: RoomClient }) {
  const [task, setTask] = useState('');
  const [agent, setAgent] = useStored('agent', 'Assistant');
  const [model, setModel] = useStored('model', 'gpt-4o');
  const [systemPrompt, setSystemPrompt] = useState('');
  const [isSwarm, setSwarm] = useState(false);
  const [agents, setAgents] = useState(firstAgents);
  const [swarmType, setSwarmType] = useState<string>(swarmTypes[0]);
  const start = useAction(async () => {
    await client.startRun(
      isSwarm
        ? swarmRun(task.trim(), agents, model.trim(), swarmType)
        : agentRun(task.trim(), { name: agent.trim(), systemPrompt: systemPrompt.trim() }, model.trim()),
    );
    setTask('');
  });
  const canStart = task.trim() !== '' && !start.isBusy;
  return (
    <form
      className="composer stage-foot"
      onSubmit={event => {
        event.preventDefault();
        if (canStart) void start.run();
      }}
    >
      <textarea
        value={task}
        onChange={event => setTask(event.target.value)}
        onKeyDown={event => {
          if (!isSendKey(event)) return;

          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        rows={2}
        aria-label="Task"
        placeholder={isSwarm ? 'What should they work on?' : 'What should the agent do?'}
      />
      <div className="composer-line">
        {!isSwarm && (
          <label>
            Agent
            <input value={agent} onChange={event => setAgent(event.target.value)} required maxLength={200} />
          </label>
        )}
        <label>
          Model
          <input value={model} onChange={event => setModel(event.target.value)} maxLength={200} spellCheck={false} />
        </label>
        <button className="primary" disabled={!canStart} title="Enter">
          Start run
        </button>
      </div>
      <details className="advanced">
        <summary>{isSwarm ? `Swarm of ${agents.length} agents` : 'More'}</summary>
        <div className="advanced-fields">
          <label className="choice">
            <input type="checkbox" checked={isSwarm} onChange={event => setSwarm(event.target.checked)} />
            <span>Several agents work on it (a swarm)</span>
          </label>
          {isSwarm ? (
            <SwarmFields agents={agents} onAgents={setAgents} swarmType={swarmType} onSwarmType={setSwarmType} />
          ) : (
            <label>
              System prompt
              <textarea
                value={systemPrompt}
                onChange={event => setSystemPrompt(event.target.value)}
                rows={2}
                placeholder="Who the agent is and how it should answer"
              />
            </label>
          )}
        </div>
      </details>
      <Problem text={start.error} />
    </form>
  );
}
