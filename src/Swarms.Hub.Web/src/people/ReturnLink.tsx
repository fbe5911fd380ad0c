import { useEffect, useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';

/** The host's own way back: a link that makes them the same member again, once, in another browser. */
export function ReturnLink({ client }: { client: RoomClient }) {
  const { t, dateAndTime } = useLanguage();
  const [url, setUrl] = useState<string>();
  const [expiresAt, setExpiresAt] = useState<string | null>(null);
  const load = useAction(async () => setExpiresAt((await client.getReturnLink()).expiresAt));
  const create = useAction(async () => {
    const link = await client.createReturnLink();
    setUrl(link.url);
    setExpiresAt(link.expiresAt);
  });
  const revoke = useAction(async () => {
    await client.revokeReturnLink();
    setUrl(undefined);
    setExpiresAt(null);
  });
  useEffect(() => {
    void load.run();
    // Once for each opening: the link is not watched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  return (
    <section className="invites">
      <h3>{t('returnLink.title')}</h3>
      <p className="hint">{t('returnLink.hint')}</p>
      {url !== undefined && <CopyField label={t('invite.link')} value={url} />}
      {expiresAt !== null && (
        <p className="hint">
          {url === undefined && t('returnLink.exists')} {t('invite.until', { time: dateAndTime(expiresAt) })}
        </p>
      )}
      <div className="dialog-tools">
        {expiresAt !== null && (
          <button type="button" onClick={() => void revoke.run()} disabled={revoke.isBusy}>
            {t('returnLink.revoke')}
          </button>
        )}
        <button type="button" onClick={() => void create.run()} disabled={create.isBusy}>
          {t(expiresAt === null ? 'returnLink.create' : 'returnLink.replace')}
        </button>
      </div>
      <Problem text={load.error ?? create.error ?? revoke.error} />
    </section>
  );
}
