import type { ReactNode } from 'react';
import type { Run, RunGroup } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { RaceColumns } from '../runs/races/RaceColumns';
import { RaceResults } from '../runs/races/RaceResults';
import '../runs/races/Race.css';

interface ReplayRaceProps {
  readonly group: RunGroup;
  /** Those of its runs that were there, in order of their numbers. */
  readonly runs: readonly Run[];
  readonly names: ReadonlyMap<string, string>;
  /** Whether the event that was last is a vote for one of its runs, or its reveal. */
  readonly isNow: boolean;
  readonly card: (run: Run) => ReactNode;
}

/** The runs of a group side by side, with the votes and what was revealed at that moment. Nobody votes here. */
export function ReplayRace({ group, runs, names, isNow, card }: ReplayRaceProps) {
  const { t } = useLanguage();
  const isOpen = group.revealedAt === undefined;
  const votes = group.votes.reduce((sum, { by }) => sum + by.length, 0);
  return (
    <section className="race" aria-label={t('race.title')} data-race={group.id} data-now={isNow}>
      <header>
        <h3>{t(group.isBlind ? 'race.blindTitle' : 'race.title')}</h3>
        <span className="hint">
          {t('race.by', { name: names.get(group.by ?? '') ?? t('people.somebody') })}
          {isOpen && votes > 0 && ` · ${t('race.votes', { count: votes })}`}
        </span>
      </header>
      {group.isBlind && isOpen && <p className="hint">{t('race.blindHint')}</p>}
      {group.results !== undefined && <RaceResults group={group} runs={runs} ownVote={undefined} by={names.get(group.revealedBy ?? '')} />}
      <RaceColumns runs={runs} card={card} />
    </section>
  );
}
