import type { Run, RunGroup } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { runName } from '../runWords';

interface RaceResultsProps {
  readonly group: RunGroup;
  readonly runs: readonly Run[];
  /** The id of the run that the person at this page voted for. */
  readonly ownVote: string | undefined;
  readonly by: string | undefined;
}

/** The votes of a race as they were counted, most first. */
export function RaceResults({ group, runs, ownVote, by }: RaceResultsProps) {
  const { t } = useLanguage();
  const results = group.results ?? [];
  const most = Math.max(0, ...results.map(({ votes }) => votes));
  const all = results.reduce((sum, { votes }) => sum + votes, 0);
  return (
    <div className="race-results" role="status">
      <h4>{t('race.results', { name: by ?? t('people.somebody') })}</h4>
      <ol>
        {results.map(({ run: id, votes }) => {
          const run = runs.find(other => other.id === id);
          return (
            <li key={id} data-won={most > 0 && votes === most}>
              <span className="race-result-name">
                <bdi>{run === undefined ? t('run.agent') : runName(t, run)}</bdi>
                {typeof run?.agent.model === 'string' && <small> {run.agent.model}</small>}
              </span>
              <span className="race-bar" aria-hidden="true">
                <span style={{ inlineSize: `${all === 0 ? 0 : (votes / all) * 100}%` }} />
              </span>
              <span className="race-result-votes">
                {t('race.votes', { count: votes })}
                {id === ownVote && ` · ${t('race.own')}`}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
