import { useState } from 'react';
import type { RoomAgent, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { AgentForm } from './AgentForm';
import './Agents.css';

interface AgentsDialogProps {
  readonly client: RoomClient;
  readonly agents: readonly RoomAgent[];
  /** Whether they can be changed: an archive is read only. */
  readonly canChange: boolean;
  readonly onClose: () => void;
}

/** The room's agents, for hosts: add, change and remove them. */
export default function AgentsDialog({ client, agents, canChange, onClose }: AgentsDialogProps) {
  const { t } = useLanguage();
  const [edited, setEdited] = useState<RoomAgent | 'new'>();
  const remove = useAction((id: string) => client.removeAgent(id));
  return (
    <Dialog title={t('agents.title')} onClose={onClose} isLarge={edited !== undefined}>
      {edited === undefined ? (
        <section className="agents">
          <p className="hint">{t(canChange ? 'agents.hint' : 'rules.is.archived')}</p>
          {agents.length === 0 && <p>{t('agents.none')}</p>}
          <ul>
            {agents.map(agent => (
              <li key={agent.id}>
                <span dir="auto">
                  <strong>{agent.name}</strong> {agent.model}
                  <br />
                  <small>
                    @{agent.id}
                    {agent.presets.length > 0 && ` · ${t('agents.presetsOf', { count: agent.presets.length })}`}
                    {agent.answersMentions && ` · ${t('agents.answers')}`}
                  </small>
                </span>
                {canChange && (
                  <span className="agent-tools">
                    <button type="button" onClick={() => setEdited(agent)} aria-label={t('agents.changeOne', { name: agent.name })}>
                      {t('agents.change')}
                    </button>
                    <button
                      type="button"
                      className="danger"
                      disabled={remove.isBusy}
                      aria-label={t('agents.removeOne', { name: agent.name })}
                      onClick={() => {
                        if (confirm(t('agents.confirmRemove', { name: agent.name }))) void remove.run(agent.id);
                      }}
                    >
                      {t('common.remove')}
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
          <Problem text={remove.error} />
          {canChange && (
            <div className="dialog-tools">
              <button type="button" className="primary" onClick={() => setEdited('new')}>
                {t('agents.add')}
              </button>
            </div>
          )}
        </section>
      ) : (
        <AgentForm client={client} agent={edited === 'new' ? undefined : edited} onDone={() => setEdited(undefined)} />
      )}
    </Dialog>
  );
}
