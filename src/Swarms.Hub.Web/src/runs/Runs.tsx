import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoom';
import { useStickToEnd } from '../shared/useStickToEnd';
import { RunCard } from './RunCard';
import './Runs.css';

/** The runs that the room holds, oldest first. */
export function Runs({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const { box, onScroll, isAway, toEnd } = useStickToEnd(view.runs);
  const names = new Map(view.members.map(member => [member.id, member.name]));
  const { me } = view;
  return (
    <div className="runs-frame">
      <div className="runs" ref={box} onScroll={onScroll} tabIndex={0} role="region" aria-label={t('runs.title')}>
        {view.runs.length === 0 && (
          <div className="empty">
            <h2>{t('runs.none')}</h2>
            <p>{t('runs.noneHint')}</p>
          </div>
        )}
        {view.runs.map(run => (
          <RunCard
            key={run.id}
            run={run}
            client={client}
            by={run.by === undefined ? undefined : names.get(run.by)}
            canCancel={me?.role === 'host' || (me?.role === 'participant' && run.by === me.id)}
            isVerified={client.isVerified(run.id)}
          />
        ))}
      </div>
      {isAway && (
        <button className="to-end" onClick={toEnd}>
          {t('runs.toEnd')}
        </button>
      )}
    </div>
  );
}
