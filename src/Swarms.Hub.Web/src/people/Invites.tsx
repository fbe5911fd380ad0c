import { useEffect, useState } from 'react';
import type { Invite, InviteCreated, Member, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { forgetInvite, useMadeInvites } from './madeInvites';
import './Invites.css';

interface InvitesProps {
  readonly client: RoomClient;
  readonly members: readonly Member[];
  /** Shows an invite again whose code this page knows, as it made it. */
  readonly onShow: (created: InviteCreated) => void;
}

/** The invites that still admit somebody; each can be taken back. */
export function Invites({ client, members, onShow }: InvitesProps) {
  const { t, dateAndTime } = useLanguage();
  const [invites, setInvites] = useState<readonly Invite[]>();
  const load = useAction(async () => setInvites(await client.listInvites()));
  const revoke = useAction(async (id: string) => {
    await client.revokeInvite(id);
    forgetInvite(client.id, id);
    setInvites(await client.listInvites());
  });
  useEffect(() => {
    void load.run();
    // Once for each opening: the list is not watched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  const made = useMadeInvites(client.id);
  const maker = ({ by }: Invite) =>
    by === null
      ? t('invite.byOperator')
      : t('invite.by', { name: members.find(({ id }) => id === by)?.name ?? t('people.somebodyWhoLeft') });
  const uses = ({ uses, maxUses }: Invite) =>
    maxUses === null ? t('invite.uses', { count: uses }) : t('invite.usesOf', { count: uses, most: maxUses });
  return (
    <section className="invites">
      <h3>{t('invite.list')}</h3>
      {invites?.length === 0 && <p className="hint">{t('invite.none')}</p>}
      <ul>
        {invites?.map(invite => (
          <li key={invite.id}>
            <span dir="auto">
              <strong>{t(`people.role.${invite.role}`)}</strong> {maker(invite)}
              <br />
              <small>
                {uses(invite)} {t('invite.until', { time: dateAndTime(invite.expiresAt) })}
              </small>
            </span>
            {made
              .filter(created => created.invite.id === invite.id)
              .map(created => (
                <button key={invite.id} type="button" onClick={() => onShow(created)}>
                  {t('invite.showAgain')}
                </button>
              ))}
            <button type="button" onClick={() => void revoke.run(invite.id)} disabled={revoke.isBusy}>
              {t('invite.revoke')}
            </button>
          </li>
        ))}
      </ul>
      <Problem text={load.error ?? revoke.error} />
    </section>
  );
}
