import { useEffect, useState } from 'react';
import type { Embed, EmbedCreated, RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { base } from '../../shared/base';
import { CopyField } from '../../shared/controls/CopyField';
import { Dialog } from '../../shared/controls/Dialog';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { embedLines } from './embedLines';
import './EmbedDialog.css';

const hour = 3600;
const lifetimes = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const;

interface EmbedDialogProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly onClose: () => void;
}

/** Lets other pages show one run, and takes that back. A token is shown once, when it is made. */
export default function EmbedDialog({ run, client, onClose }: EmbedDialogProps) {
  const { t, dateAndTime } = useLanguage();
  const [lifetime, setLifetime] = useState<keyof typeof lifetimes>('hour');
  const [showsTask, setShowsTask] = useState(true);
  const [created, setCreated] = useState<EmbedCreated>();
  const [embeds, setEmbeds] = useState<readonly Embed[]>();
  const list = async () => setEmbeds((await client.listEmbeds()).filter(embed => embed.run === run.id));
  const load = useAction(list);
  const create = useAction(async () => {
    const request = { run: run.id, expiresInSeconds: lifetimes[lifetime] };
    setCreated(await client.createEmbed(showsTask ? request : { ...request, hideTask: true }));
    await list();
  });
  const revoke = useAction(async (id: string) => {
    await client.revokeEmbed(id);
    if (created?.embed.id === id) setCreated(undefined);
    await list();
  });
  useEffect(() => {
    void load.run();
    // Once for each opening: the list is not watched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  return (
    <Dialog title={t('embed.title')} onClose={onClose}>
      <p className="hint">{t('embed.hint')}</p>
      <form
        onSubmit={event => {
          event.preventDefault();
          void create.run();
        }}
      >
        <label>
          {t('embed.lifetime')}
          <select value={lifetime} onChange={({ target }) => setLifetime(target.value as keyof typeof lifetimes)}>
            {(Object.keys(lifetimes) as (keyof typeof lifetimes)[]).map(key => (
              <option key={key} value={key}>
                {t(`invite.lifetime.${key}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="choice">
          <input type="checkbox" checked={showsTask} onChange={({ target }) => setShowsTask(target.checked)} />
          <span>{t('embed.showTask')}</span>
        </label>
        <Problem text={create.error} />
        <div className="dialog-tools">
          <button className={created ? undefined : 'primary'} disabled={create.isBusy}>
            {t('embed.create')}
          </button>
        </div>
      </form>
      {created && (
        <section className="embed-lines" aria-label={t('embed.lines')}>
          <pre dir="ltr">{embedLines(base, run.id, created.token)}</pre>
          <CopyField label={t('embed.lines')} value={embedLines(base, run.id, created.token)} />
          <p className="hint">{t('embed.once', { time: dateAndTime(created.embed.expiresAt) })}</p>
        </section>
      )}
      <section className="embeds">
        <h3>{t('embed.list')}</h3>
        {embeds?.length === 0 && <p className="hint">{t('embed.none')}</p>}
        <ul>
          {embeds?.map(embed => (
            <li key={embed.id}>
              <span>
                {t('embed.made', { time: dateAndTime(embed.createdAt) })}
                <br />
                <small>
                  {t('invite.until', { time: dateAndTime(embed.expiresAt) })} {embed.hideTask && t('embed.withoutTask')}
                </small>
              </span>
              <button
                type="button"
                onClick={() => void revoke.run(embed.id)}
                disabled={revoke.isBusy}
                aria-label={t('embed.revokeWhich', { time: dateAndTime(embed.createdAt) })}
              >
                {t('embed.revoke')}
              </button>
            </li>
          ))}
        </ul>
        <Problem text={load.error ?? revoke.error} />
      </section>
    </Dialog>
  );
}
