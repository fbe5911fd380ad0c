import { useEffect, useState } from 'react';
import type { Ban, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';

/** The browsers that may not join again. Nothing is shown where there is none. */
export function Bans({ client }: { client: RoomClient }) {
  const { t, dateAndTime } = useLanguage();
  const [bans, setBans] = useState<readonly Ban[]>([]);
  const load = useAction(async () => setBans(await client.listBans()));
  const lift = useAction(async (id: string) => {
    await client.liftBan(id);
    setBans(await client.listBans());
  });
  useEffect(() => {
    void load.run();
    // Once for each opening: the list is not watched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  if (bans.length === 0) return load.error === undefined ? <p className="hint">{t('bans.none')}</p> : <Problem text={load.error} />;

  return (
    <section className="invites">
      <h3>{t('bans.title')}</h3>
      <ul>
        {bans.map(ban => (
          <li key={ban.id}>
            <span dir="auto">
              {ban.name} <small>{dateAndTime(ban.at)}</small>
            </span>
            <button type="button" onClick={() => void lift.run(ban.id)} disabled={lift.isBusy}>
              {t('bans.lift')}
            </button>
          </li>
        ))}
      </ul>
      <Problem text={lift.error} />
    </section>
  );
}
