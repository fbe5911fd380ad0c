import { memo, useState } from 'react';
import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { RunText } from './RunText';
import { runErrorInWords, runStateInWords, usageInWords } from './runWords';
import { TranscriptMenu } from './TranscriptMenu';
import { useNow } from './useNow';
import './RunCard.css';

interface RunCardProps {
  readonly run: Run;
  readonly client: RoomClient;
  /** The name of the member who started it, if that member is still in the room. */
  readonly by: string | undefined;
  readonly canCancel: boolean;
  readonly isVerified: boolean | undefined;
}

export const RunCard = memo(function RunCard({ run, client, by, canCancel, isVerified }: RunCardProps) {
  const language = useLanguage();
  const { t } = language;
  const isOver = isEnding(run.state);
  const cancel = useAction(() => client.cancelRun(run.id));
  return (
    <article className="run" data-state={run.state} data-run={run.id} aria-label={t('run.label', { task: run.task })}>
      <header>
        <div className="run-title">
          <strong>{run.agent.name ?? t(run.kind === 'swarm' ? 'run.swarm' : 'run.agent')}</strong>
          {run.agent.model !== null && <span className="model">{run.agent.model}</span>}
          <span className="state" data-state={run.state}>
            {runStateInWords(language, run)}
          </span>
        </div>
        <div className="run-tools">
          {!isOver && canCancel && (
            <button className="danger" onClick={() => void cancel.run()} disabled={cancel.isBusy}>
              {t('run.cancel')}
            </button>
          )}
          {isOver && <TranscriptMenu client={client} runId={run.id} />}
        </div>
      </header>
      <Task run={run} by={by} />
      <RunBody run={run} client={client} isOver={isOver} />
      <Ending run={run} />
      <Problem text={cancel.error} />
      <footer>
        <Elapsed run={run} />
        {run.usage && usageInWords(language, run.usage).map(part => <span key={part}>{part}</span>)}
        {isVerified === true && (
          <span className="verified" title={t('run.digest', { digest: run.sha256 ?? '' })}>
            {t('run.same')}
          </span>
        )}
        {isVerified === false && <span className="mistrusted">{t('run.mistrusted')}</span>}
      </footer>
    </article>
  );
});

function Task({ run, by }: { run: Run; by: string | undefined }) {
  const { t, time } = useLanguage();
  const isCut = run.taskLength !== undefined;
  return (
    <div className="task">
      <span className="who">
        {by ?? t('people.somebody')} · {time(run.queuedAt)}
      </span>
      <p>
        {run.task}
        {isCut && '…'}
      </p>
      {isCut && <small>{t('run.taskGoesOn', { count: run.taskLength })}</small>}
    </div>
  );
}

function RunBody({ run, client, isOver }: { run: Run; client: RoomClient; isOver: boolean }) {
  const { t } = useLanguage();
  if (run.text === undefined) return <OlderText run={run} client={client} />;

  if (run.parts) {
    return (
      <div className="parts">
        {run.parts.map(part => (
          <section key={part.agent ?? ''} aria-label={part.agent ?? t('run.nameless')}>
            {part.agent !== null && <h3>{part.agent}</h3>}
            <RunText text={part.text} isGrowing={!isOver} />
          </section>
        ))}
      </div>
    );
  }

  return run.text === '' && run.state !== 'running' ? null : <RunText text={run.text} isGrowing={run.state === 'running'} />;
}

/** The room does not hold the texts of old runs: this one is loaded when somebody asks for it. */
function OlderText({ run, client }: { run: Run; client: RoomClient }) {
  const { t } = useLanguage();
  const [full, setFull] = useState<Run>();
  const load = useAction(async () => setFull(await client.getRun(run.id)));
  if (full?.text !== undefined) return <RunBody run={full} client={client} isOver />;

  return (
    <>
      <button onClick={() => void load.run()} disabled={load.isBusy}>
        {t('run.showText')}
      </button>
      <Problem text={load.error} />
    </>
  );
}

function Ending({ run }: { run: Run }) {
  const { t } = useLanguage();
  if (run.error) return <p className="problem">{runErrorInWords(t, run.error)}</p>;

  if (run.state === 'interrupted') return <p className="problem">{t('run.interruptedHint')}</p>;

  return run.state === 'cancelled' ? <p className="hint">{t('run.cancelledHint')}</p> : null;
}

function Elapsed({ run }: { run: Run }) {
  const { duration } = useLanguage();
  const now = useNow(run.state === 'running');
  if (run.startedAt === undefined) return null;

  const end = run.endedAt === undefined ? now : Date.parse(run.endedAt);
  return <span>{duration(end - Date.parse(run.startedAt))}</span>;
}
