import { type RoomClient, RoomSettings } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import type { RoomViewModel } from '../../room/useRoomView';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { agentRun } from '../composer/runRequest';
import './Starters.css';

const sample = { id: 'sample', model: 'gpt-4o' };
const most = 3;

/** Three prompts that start at once, in a room where nothing has run: those of the room's own agents, else those of a sample agent. */
export function Starters({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const agent = view.agents.find(({ presets }) => presets.length > 0);
  const isHost = view.me?.role === 'host';
  const ready = ([1, 2, 3] as const).map(number => ({ title: t(`starter.title${number}`), prompt: t(`starter.prompt${number}`) }));
  const start = useAction(async (prompt: string) => {
    if (agent) return client.startAgent(agent.id, prompt);

    const [name, systemPrompt] = [t('starter.agent'), t('starter.instructions')];
    // A hub that knows its models by name may take no other.
    const { models } = await client.getModels();
    const model = (models.find(({ upstream }) => upstream === 'default') ?? models[0])?.id ?? sample.model;
    if (!isHost) return client.startRun(agentRun(prompt, { name, systemPrompt }, model));

    await client.setAgent(sample.id, { name, model, systemPrompt, presets: ready });
    return client.startAgent(sample.id, prompt);
  });
  const { agentsOnly } = view.room?.settings ?? RoomSettings.initial;
  if (!agent && agentsOnly && !isHost) return null;

  return (
    <section className="starters" aria-label={t('starter.heading', { agent: agent?.name ?? t('starter.agent') })}>
      <p dir="auto">{t('starter.heading', { agent: agent?.name ?? t('starter.agent') })}</p>
      <ul>
        {(agent?.presets ?? ready).slice(0, most).map(({ title, prompt }) => (
          <li key={title}>
            <button onClick={() => void start.run(prompt)} disabled={start.isBusy}>
              <strong dir="auto">{title}</strong> <small dir="auto">{prompt}</small>
            </button>
          </li>
        ))}
      </ul>
      <Problem text={start.error} />
    </section>
  );
}
