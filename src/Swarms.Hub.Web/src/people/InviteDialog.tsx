import { useState } from 'react';
import type { InviteCreated, Member, MemberRole, RoomClient } from 'swarms-hub-client';
import { Phrase } from '../language/Phrase';
import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Dialog } from '../shared/controls/Dialog';
import { Tabs } from '../shared/controls/Tabs';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { Bans } from './Bans';
import { Invites } from './Invites';
import InviteWall from './InviteWall';
import { forgetInvite, keepInvite } from './madeInvites';
import { Programs } from './Programs';
import { QrCode } from './QrCode';
import { ReturnLink } from './ReturnLink';

const roles: readonly MemberRole[] = ['participant', 'viewer', 'host'];

const hour = 3600;
const lifetimes = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const;

interface InviteDialogProps {
  readonly client: RoomClient;
  readonly room: string;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}

export default function InviteDialog({ client, room, members, onClose }: InviteDialogProps) {
  const { t, dateAndTime } = useLanguage();
  const [role, setRole] = useState<MemberRole>('participant');
  const [lifetime, setLifetime] = useState<keyof typeof lifetimes>('week');
  const [most, setMost] = useState('');
  const [created, setCreated] = useState<InviteCreated>();
  const [isOnWall, setOnWall] = useState(false);
  const create = useAction(async () => {
    const maxUses = most === '' ? {} : { maxUses: Number(most) };
    const made = await client.createInvite({ role, expiresInSeconds: lifetimes[lifetime], ...maxUses });
    keepInvite(client.id, made);
    setCreated(made);
  });
  const revoke = useAction(async () => {
    if (!created) return;

    await client.revokeInvite(created.invite.id);
    forgetInvite(client.id, created.invite.id);
    setCreated(undefined);
  });
  return (
    <Dialog title={t('invite.title')} onClose={onClose}>
      {created ? (
        <>
          <p>
            <Phrase id="invite.who" values={{ role: <strong>{t(`people.role.${created.invite.role}`)}</strong> }} />
          </p>
          <QrCode url={created.url} />
          <CopyField label={t('invite.link')} value={created.url} />
          <CopyField label={t('invite.code')} value={created.code} />
          <p className="hint">{t('invite.until', { time: dateAndTime(created.invite.expiresAt) })}</p>
          <Problem text={revoke.error} />
          <div className="dialog-tools">
            <button onClick={() => void revoke.run()} disabled={revoke.isBusy}>
              {t('invite.revoke')}
            </button>
            <button onClick={() => setOnWall(true)}>{t('wall.open')}</button>
            <button className="primary" onClick={onClose}>
              {t('common.done')}
            </button>
          </div>
        </>
      ) : (
        <>
          <form
            onSubmit={event => {
              event.preventDefault();
              void create.run();
            }}
          >
            <fieldset>
              <legend>{t('invite.roles')}</legend>
              {roles.map(value => (
                <label key={value} className="choice">
                  <input type="radio" name="role" value={value} checked={role === value} onChange={() => setRole(value)} />
                  <span>
                    <strong>{t(`invite.${value}`)}</strong> {t(`invite.${value}May`)}
                  </span>
                </label>
              ))}
            </fieldset>
            <label>
              {t('invite.lifetime')}
              <select value={lifetime} onChange={({ target }) => setLifetime(target.value as keyof typeof lifetimes)}>
                {(Object.keys(lifetimes) as (keyof typeof lifetimes)[]).map(key => (
                  <option key={key} value={key}>
                    {t(`invite.lifetime.${key}`)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t('invite.maxUses')}
              <input
                type="number"
                min={1}
                max={2_147_483_647}
                value={most}
                onChange={({ target }) => setMost(target.value)}
                placeholder={t('invite.maxUsesAny')}
              />
            </label>
            <Problem text={create.error} />
            <div className="dialog-tools">
              <button className="primary" disabled={create.isBusy}>
                {t('invite.create')}
              </button>
            </div>
          </form>
          <Tabs
            label={t('invite.tabs')}
            tabs={[
              { id: 'invites', title: t('invite.tabInvites'), content: <Invites client={client} members={members} onShow={setCreated} /> },
              { id: 'programs', title: t('programs.title'), content: <Programs client={client} members={members} /> },
              { id: 'bans', title: t('invite.tabBans'), content: <Bans client={client} /> },
              { id: 'return', title: t('returnLink.tab'), content: <ReturnLink client={client} /> },
            ]}
          />
        </>
      )}
      {created && isOnWall && <InviteWall created={created} room={room} onClose={() => setOnWall(false)} />}
    </Dialog>
  );
}
