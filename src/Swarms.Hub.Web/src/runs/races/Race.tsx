import type { ReactNode } from 'react';
import { isEnding, type Member, type RoomClient, type Run, type RunGroup } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { runName } from '../runWords';
import { RaceColumns } from './RaceColumns';
import { RaceResults } from './RaceResults';
import { useOwnVote } from './useOwnVote';
import './Race.css';

interface RaceProps {
  readonly group: RunGroup;
  /** Those of its runs that the room's state holds, in order of their numbers. */
  readonly runs: readonly Run[];
  readonly client: RoomClient;
  readonly me: Member | undefined;
  readonly by: string | undefined;
  readonly revealedBy: string | undefined;
  readonly canReveal: boolean;
  readonly card: (run: Run) => ReactNode;
}

/** The runs of a group side by side, and what came of it. */
export function Race({ group, runs, client, me, by, revealedBy, canReveal, card }: RaceProps) {
  const { t } = useLanguage();
  const reveal = useAction(() => client.revealGroup(group.id));
  const ownVote = useOwnVote(client, group, me?.id);
  const isOver = runs.every(run => isEnding(run.state));
  const votes = group.votes.reduce((sum, { by: voters }) => sum + voters.length, 0);
  return (
    <section className="race" aria-label={t('race.title')} data-race={group.id}>
      <header>
        <h3>{t(group.isBlind ? 'race.blindTitle' : 'race.title')}</h3>
        <span className="hint">
          {t('race.by', { name: by ?? t('people.somebody') })}
          {group.revealedAt === undefined && votes > 0 && ` · ${t('race.votes', { count: votes })}`}
        </span>
        {group.revealedAt === undefined && canReveal && (
          <button disabled={!isOver || reveal.isBusy} title={isOver ? undefined : t('race.revealLater')} onClick={() => void reveal.run()}>
            {t(group.isBlind ? 'race.reveal' : 'race.close')}
          </button>
        )}
      </header>
      {group.isBlind && group.revealedAt === undefined && <p className="hint">{t('race.blindHint')}</p>}
      <Problem text={reveal.error} />
      {group.results !== undefined && <RaceResults group={group} runs={runs} ownVote={ownVote} by={revealedBy} />}
      <RaceColumns runs={runs} card={card} />
    </section>
  );
}

interface VoteProps {
  readonly run: Run;
  readonly group: RunGroup;
  readonly client: RoomClient;
  readonly me: Member | undefined;
  readonly canVote: boolean;
}

/** The button that votes for a run, or takes that back, with the votes so far. */
export function Vote({ run, group, client, me, canVote }: VoteProps) {
  const { t } = useLanguage();
  const voters = group.votes.find(votes => votes.run === run.id)?.by ?? [];
  const isOwn = me !== undefined && voters.includes(me.id);
  const vote = useAction(() => (isOwn ? client.takeBackVote(group.id) : client.voteForRun(group.id, run.id)));
  if (group.revealedAt !== undefined || run.removedAt !== undefined) return null;

  const words = `${t(isOwn ? 'race.voted' : 'race.vote')} · ${voters.length}`;
  return (
    <div className="race-vote">
      <button
        aria-pressed={isOwn}
        aria-label={t('race.voteFor', { vote: words, agent: runName(t, run) })}
        disabled={!canVote || vote.isBusy}
        onClick={() => void vote.run()}
      >
        {words}
      </button>
      <Problem text={vote.error} />
    </div>
  );
}
