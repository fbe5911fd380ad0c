import { useEffect, useRef, useState, type RefObject } from 'react';
import type { RoomAgent, RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { focusOn } from '../../room/focusOn';
import { clearSent, useDraft } from '../../shared/drafts';
import { isSendKey } from '../../shared/isSendKey';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { useStored } from '../../shared/useStored';
import { watchPress } from '../../shared/watchPress';
import { ModelInput } from '../models/ModelInput';
import { RaceChoice } from '../races/RaceChoice';
import { OnwardBar } from '../threads/OnwardBar';
import { useOnward } from '../threads/onward';
import { newestMessages } from '../threads/threads';
import { PresetChips } from './PresetChips';
import { RoomAgentChoice } from './RoomAgentChoice';
import { agentRun, swarmRun, swarmTypes, type AgentFields } from './runRequest';
import { SwarmFields } from './SwarmFields';
import './Composer.css';

/** The form that starts a run: one line until somebody works in it. */
interface ComposerProps {
  readonly client: RoomClient;
  readonly mustPropose: boolean;
  readonly canRace: boolean;
  readonly mustChooseAgent: boolean;
  readonly roomAgents: readonly RoomAgent[];
  /** The room's runs, one of which the next one may go on from. */
  readonly runs: readonly Run[];
}

/** The agent of the room that was chosen, and the run from which the next one went on then. */
interface Choice {
  readonly of: string | undefined;
  readonly id: string;
}

const messageCounts = [0, 5, 20, 200];

export function Composer({ client, mustPropose, canRace: mayRace, mustChooseAgent, roomAgents, runs }: ComposerProps) {
  const { t } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const isInUse = useIsInUse(form);
  const [isMore, setMore] = useState(false);
  const [task, setTask] = useDraft(client.id, 'task');
  const [agent, setAgent] = useStored('agent', t('composer.assistant'));
  const [model, setModel] = useStored('model', 'gpt-4o');
  const [systemPrompt, setSystemPrompt] = useState('');
  const [isSwarm, setSwarm] = useState(false);
  const [agents, setAgents] = useState<readonly AgentFields[]>(() => [
    { name: t('composer.optimist'), systemPrompt: t('composer.optimistPrompt') },
    { name: t('composer.skeptic'), systemPrompt: t('composer.skepticPrompt') },
  ]);
  const [swarmType, setSwarmType] = useState<string>(swarmTypes[0]);
  // A choice is for one start: what goes on from a run has that run's agent, until somebody chooses another.
  const [choice, setChoice] = useState<Choice>({ of: undefined, id: '' });
  const [messageCount, setMessageCount] = useState(0);
  const [onward, setOnward] = useOnward(client.id);
  const from = onward && runs.find(run => run.id === onward.runId);
  // An agent that a host removes meanwhile is chosen no more. A run that goes on from another has that one's agent.
  const chosen =
    roomAgents.find(({ id }) => id === (choice.of === onward?.runId ? choice.id : from?.agent.id)) ??
    (mustChooseAgent ? roomAgents[0] : undefined);
  const choose = (id: string) => setChoice({ of: onward?.runId, id });
  const isOwn = chosen === undefined;
  const [isRace, setRace] = useState(false);
  const [isBlind, setBlind] = useState(false);
  const [racing, setRacing] = useState<readonly string[]>([]);
  const racers = racing.filter(id => roomAgents.some(agent => agent.id === id));
  const canRace = mayRace && roomAgents.length >= 2;
  const isRaceAsked = canRace && isRace;
  const name = agent.trim() === '' ? t('composer.assistant') : agent.trim();
  const start = useAction(async () => {
    const include = newestMessages(client.state?.messages ?? [], messageCount);
    const thread = { ...(onward ? { [onward.how]: onward.runId } : {}), ...(include ? { include } : {}) };
    const own = isSwarm
      ? swarmRun(task.trim(), agents, model.trim(), swarmType)
      : agentRun(task.trim(), { name, systemPrompt: systemPrompt.trim() }, model.trim());
    if (isRaceAsked) await client.startGroup({ task: task.trim(), runs: racers.map(agent => ({ agent })), isBlind, ...thread });
    else if (!chosen) await client.startRun({ ...own, ...thread });
    else if (onward || include) await client.startRun({ agent: chosen.id, task: task.trim(), ...thread });
    else await client.startAgent(chosen.id, task.trim());
    clearSent(client.id, 'task', task);
    setOnward(undefined);
    setMessageCount(0);
    if (!isRaceAsked) return;

    // The columns need the room that the fields take.
    setRace(false);
    setMore(false);
  });
  const canStart = task.trim() !== '' && !start.isBusy && (!isRaceAsked || racers.length >= 2);
  const isSwarmAsked = isOwn && isSwarm && !isRaceAsked;
  const single = chosen ? [chosen.name, chosen.model] : [name, model.trim()];
  const who = isRaceAsked
    ? t('race.of', { count: racers.length })
    : isSwarmAsked
      ? t('composer.swarmOf', { count: agents.length })
      : single.filter(part => part !== '').join(' · ');
  return (
    <form
      ref={form}
      className="composer stage-foot"
      data-in-use={isInUse || isMore}
      onSubmit={event => {
        event.preventDefault();
        if (canStart) void start.run();
      }}
    >
      {onward && <OnwardBar onward={onward} run={from} onStop={() => setOnward(undefined)} />}
      <textarea
        value={task}
        onChange={event => setTask(event.target.value)}
        onKeyDown={event => {
          if (!isSendKey(event)) return;

          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        rows={isInUse ? 2 : 1}
        dir="auto"
        aria-label={t('composer.task')}
        placeholder={t(isSwarmAsked ? 'composer.swarmTaskExample' : 'composer.taskExample')}
      />
      {isInUse && !isMore && !isRaceAsked && chosen && task.trim() === '' && (
        <PresetChips
          presets={chosen.presets}
          onPreset={prompt => {
            setTask(prompt);
            // The button goes, and the form stays in use.
            focusOn('.composer textarea');
          }}
        />
      )}
      <div className="composer-line">
        <button type="button" className="more" aria-expanded={isMore} onClick={() => setMore(!isMore)}>
          {isSwarmAsked ? who : t('composer.more')}
        </button>
        {!isSwarmAsked && (roomAgents.length === 0 || isMore || isRaceAsked) && <bdi className="who-works">{who}</bdi>}
        {!isSwarmAsked && roomAgents.length > 0 && !isMore && !isRaceAsked && (
          <select
            className="who-works"
            aria-label={t('composer.roomAgent')}
            value={chosen?.id ?? ''}
            onChange={({ target }) => choose(target.value)}
          >
            {!mustChooseAgent && <option value="">{chosen ? t('composer.ownAgent') : who}</option>}
            {roomAgents.map(({ id, name, model }) => (
              <option key={id} value={id}>
                {`${name} · ${model}`}
              </option>
            ))}
          </select>
        )}
        <button className="primary" disabled={!canStart} title={t('composer.startKey')}>
          {t(isRaceAsked ? 'race.start' : mustPropose ? 'composer.propose' : 'composer.start')}
        </button>
      </div>
      {isMore && (
        <div className="composer-fields">
          {canRace && (
            <label className="choice">
              <input type="checkbox" checked={isRace} onChange={event => setRace(event.target.checked)} />
              <span>{t('race.compare')}</span>
            </label>
          )}
          {isRaceAsked && <RaceChoice agents={roomAgents} chosen={racers} onChoose={setRacing} isBlind={isBlind} onBlind={setBlind} />}
          {!isRaceAsked && roomAgents.length > 0 && (
            <RoomAgentChoice agents={roomAgents} mustChoose={mustChooseAgent} chosen={chosen} onChoose={choose} onPreset={setTask} />
          )}
          <label>
            {t('thread.messages')}
            <select value={messageCount} onChange={event => setMessageCount(Number(event.target.value))}>
              {messageCounts.map(count => (
                <option key={count} value={count}>
                  {count === 0 ? t('thread.noMessages') : t('thread.newestMessages', { count })}
                </option>
              ))}
            </select>
          </label>
          {isOwn && !isRaceAsked && (
            <>
              {!isSwarm && (
                <label>
                  {t('composer.agent')}
                  <input value={agent} onChange={event => setAgent(event.target.value)} maxLength={200} dir="auto" />
                </label>
              )}
              <ModelInput client={client} value={model} onChange={setModel} />
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
                    dir="auto"
                    placeholder={t('composer.systemPromptExample')}
                  />
                </label>
              )}
            </>
          )}
        </div>
      )}
      <Problem text={start.error} />
    </form>
  );
}

/** A form is in use from the first touch until another part of the page is touched. */
function useIsInUse(form: RefObject<HTMLFormElement | null>) {
  const [isInUse, setInUse] = useState(false);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const look = ({ target }: Event) => {
      const { current } = form;
      // The click may have put the focus into the form.
      if (target instanceof Node && current) setInUse(current.contains(target) || current.contains(document.activeElement));
    };
    // The form grows and shrinks after a click, never in the midst of one: what is clicked would move away from under the pointer.
    const press = watchPress(document, signal);
    document.addEventListener('click', look, { signal });
    document.addEventListener('focusin', event => !press.isHeld && look(event), { signal });
    return () => listeners.abort();
  }, [form]);
  return isInUse;
}
