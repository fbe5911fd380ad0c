import { useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { isSendKey } from '../shared/isSendKey';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { agentRun, swarmRun, swarmTypes, type AgentFields } from './runRequest';
import { SwarmFields } from './SwarmFields';
import './Composer.css';

/** The form that starts a run. */
export function Composer({ client }: { client: RoomClient }) {
  const { t } = useLanguage();
  const [task, setTask] = useState('');
  const [agent, setAgent] = useStored('agent', t('composer.assistant'));
  const [model, setModel] = useStored('model', 'gpt-4o');
  const [systemPrompt, setSystemPrompt] = useState('');
  const [isSwarm, setSwarm] = useState(false);
  const [agents, setAgents] = useState<readonly AgentFields[]>(() => [
    { name: t('composer.optimist'), systemPrompt: t('composer.optimistPrompt') },
    { name: t('composer.skeptic'), systemPrompt: t('composer.skepticPrompt') },
  ]);
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
        aria-label={t('composer.task')}
        placeholder={t(isSwarm ? 'composer.swarmTaskExample' : 'composer.taskExample')}
      />
      <div className="composer-line">
        {!isSwarm && (
          <label>
            {t('composer.agent')}
            <input value={agent} onChange={event => setAgent(event.target.value)} required maxLength={200} />
          </label>
        )}
        <label>
          {t('composer.model')}
          <input value={model} onChange={event => setModel(event.target.value)} maxLength={200} spellCheck={false} />
        </label>
        <button className="primary" disabled={!canStart} title={t('composer.startKey')}>
          {t('composer.start')}
        </button>
      </div>
      <details className="advanced">
        <summary>{isSwarm ? t('composer.swarmOf', { count: agents.length }) : t('composer.more')}</summary>
        <div className="advanced-fields">
          <label className="choice">
            <input type="checkbox" checked={isSwarm} onChange={event => setSwarm(event.target.checked)} />
            <span>{t('composer.swarm')}</span>
          </label>
          {isSwarm ? (
            <SwarmFields agents={agents} onAgents={setAgents} swarmType={swarmType} onSwarmType={setSwarmType} />
          ) : (
            <label>
              {t('composer.systemPrompt')}
              <textarea
                value={systemPrompt}
                onChange={event => setSystemPrompt(event.target.value)}
                rows={2}
                placeholder={t('composer.systemPromptExample')}
              />
            </label>
          )}
        </div>
      </details>
      <Problem text={start.error} />
    </form>
  );
}
