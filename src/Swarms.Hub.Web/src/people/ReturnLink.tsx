import { useState } from 'react';
import type { ReturnLinkCreated, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';

/** The host's own way back: a link that makes them the same member again, once, in another browser. */
export function ReturnLink({ client }: { client: RoomClient }) {
  const { t, dateAndTime } = useLanguage();
  const [link, setLink] = useState<ReturnLinkCreated>();
  const create = useAction(async () => setLink(await client.createReturnLink()));
  const revoke = useAction(async () => {
    await client.revokeReturnLink();
    setLink(undefined);
  });
  return (
    <section className="invites">
      <h3>{t('returnLink.title')}</h3>
      <p className="hint">{t('returnLink.hint')}</p>
      {link && (
        <>
          <CopyField label={t('invite.link')} value={link.url} />
          <p className="hint">{t('invite.until', { time: dateAndTime(link.expiresAt) })}</p>
        </>
      )}
      <div className="dialog-tools">
        <button type="button" onClick={() => void revoke.run()} disabled={revoke.isBusy}>
          {t('invite.revoke')}
        </button>
        <button type="button" onClick={() => void create.run()} disabled={create.isBusy}>
          {t('returnLink.create')}
        </button>
      </div>
      <Problem text={create.error ?? revoke.error} />
    </section>
  );
}
