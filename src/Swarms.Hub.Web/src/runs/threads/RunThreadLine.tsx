import type { Run, RunHistory } from 'swarms-hub-client';
import type { Language } from '../../language/language';
import { useLanguage } from '../../language/useLanguage';
import { revealRun, showRun } from '../showRun';
import './RunThreadLine.css';

interface RunThreadLineProps {
  readonly run: Run;
  /** The ids of the runs beside it, itself included, with spaces between them. */
  readonly siblings: string;
  /** The id of the run that stands in its place, or its own. */
  readonly standing: string;
  /** The task of the run that it continues; undefined where that run is not on this page. */
  readonly before: string | undefined;
}

/** A run's place in its thread: the run that it continues, the runs beside it, and what the upstream got of them. */
export function RunThreadLine({ run, siblings, standing, before }: RunThreadLineProps) {
  const language = useLanguage();
  const { t } = language;
  const ids = siblings.split(' ');
  const index = ids.indexOf(run.id);
  const { thread } = run;
  const isAlone = ids.length < 2;
  if (!thread?.continues && !run.history && isAlone) return null;

  return (
    <div className="thread-line">
      {thread?.continues !== undefined &&
        (before === undefined ? (
          <button className="quiet" onClick={() => void lead(thread.continues ?? '')}>
            {t('thread.continuesEarlier')}
          </button>
        ) : (
          <button className="quiet" onClick={() => showRun(thread.continues ?? '')}>
            {t('thread.continues', { task: before })}
          </button>
        ))}
      {!isAlone && (
        <span className="thread-siblings" role="group" aria-label={t('thread.siblings')}>
          <button
            className="quiet thread-previous"
            aria-label={t('thread.previous')}
            disabled={index === 0}
            onClick={() => showRun(ids[index - 1] ?? '', onwards('previous'))}
          >
            ‹
          </button>
          <span>{t('thread.place', { number: index + 1, total: ids.length })}</span>
          <button
            className="quiet thread-next"
            aria-label={t('thread.next')}
            disabled={index === ids.length - 1}
            onClick={() => showRun(ids[index + 1] ?? '', onwards('next'))}
          >
            ›
          </button>
        </span>
      )}
      {standing !== '' && standing !== run.id && (
        <button className="quiet" onClick={() => showRun(standing)}>
          {t('thread.superseded')}
        </button>
      )}
      {run.history && <small>{historyInWords(language, run.history)}</small>}
    </div>
  );
}

/** Leads to a run that may have to be loaded first. */
async function lead(runId: string): Promise<void> {
  if (await revealRun(runId)) showRun(runId);
}

/** The same button of the run that one is led to, or its other one at an end: so one goes on with the same key. */
function onwards(way: 'previous' | 'next'): string {
  const other = way === 'next' ? 'previous' : 'next';
  return `.thread-${way}:not(:disabled), .thread-line:not(:has(.thread-${way}:not(:disabled))) .thread-${other}`;
}

function historyInWords({ t }: Language, { turns, omittedTurns, messages, omittedMessages }: RunHistory): string {
  const parts = [t('thread.turnsSent', { count: turns })];
  if (messages > 0) parts.push(t('thread.messagesSent', { count: messages }));
  if (omittedTurns > 0) parts.push(t('thread.turnsOmitted', { count: omittedTurns }));
  if (omittedMessages > 0) parts.push(t('thread.messagesOmitted', { count: omittedMessages }));
  return parts.join(' · ');
}
