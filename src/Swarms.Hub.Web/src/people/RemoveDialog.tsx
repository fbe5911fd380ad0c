import { useState } from 'react';
import type { Invite, InviteCreated, Member, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { removeMessagesOf, removeRunsOf } from './removeTraces';
import './Invites.css';

interface RemoveDialogProps {
  readonly client: RoomClient;
  readonly member: Member;
  readonly onClose: () => void;
}

/** Removes a member, with a ban of its browser on request. After a ban it shows the invites by which the member came. */
export default function RemoveDialog({ client, member, onClose }: RemoveDialogProps) {
  const { t } = useLanguage();
  const [isBan, setBan] = useState(false);
  const [withMessages, setWithMessages] = useState(false);
  const [withRuns, setWithRuns] = useState(false);
  const [cameBy, setCameBy] = useState<readonly Invite[]>();
  const [invites, setInvites] = useState<readonly Invite[]>();
  const sendOut = async () => {
    if (isBan) return (await client.banMember(member.id)).invites;

    await client.removeMember(member.id);
    return [];
  };
  const remove = useAction(async () => {
    // The member goes first, and can add nothing while the rest goes. What failed is tried again without it.
    const still = cameBy ?? (await sendOut());
    setCameBy(still);
    if (withMessages) await removeMessagesOf(client, member.id);
    if (withRuns) await removeRunsOf(client, member.id);
    if (still.length > 0) setInvites(still);
    else onClose();
  });
  return (
    <Dialog title={t('remove.title', { name: member.name })} onClose={onClose}>
      {invites ? (
        <CameBy client={client} invites={invites} />
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault();
            void remove.run();
          }}
        >
          <p>{t('remove.what')}</p>
          <label className="choice">
            <input type="checkbox" checked={isBan} onChange={({ target }) => setBan(target.checked)} />
            <span>{t('remove.ban')}</span>
          </label>
          <label className="choice">
            <input type="checkbox" checked={withMessages} onChange={({ target }) => setWithMessages(target.checked)} />
            <span>{t('remove.messages')}</span>
          </label>
          <label className="choice">
            <input type="checkbox" checked={withRuns} onChange={({ target }) => setWithRuns(target.checked)} />
            <span>{t('remove.runs')}</span>
          </label>
          <Problem text={remove.error} />
          <div className="dialog-tools">
            <button className="danger" disabled={remove.isBusy}>
              {t('common.remove')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Others may still come by the same invite, and so may the one who was removed, in another browser. */
function CameBy({ client, invites }: { client: RoomClient; invites: readonly Invite[] }) {
  const { t } = useLanguage();
  const [left, setLeft] = useState(invites);
  const [created, setCreated] = useState<InviteCreated>();
  const without = (id: string) => setLeft(left.filter(invite => invite.id !== id));
  const revoke = useAction(async (id: string) => {
    await client.revokeInvite(id);
    without(id);
  });
  const replace = useAction(async ({ id, role }: Invite) => {
    setCreated(await client.createInvite({ role, replaces: id }));
    without(id);
  });
  return (
    <div className="invites">
      <p>{t(left.length > 0 ? 'remove.cameBy' : 'remove.closed')}</p>
      <ul>
        {left.map(invite => (
          <li key={invite.id}>
            <strong>{t(`people.role.${invite.role}`)}</strong>
            <button onClick={() => void revoke.run(invite.id)} disabled={revoke.isBusy}>
              {t('invite.revoke')}
            </button>
            <button onClick={() => void replace.run(invite)} disabled={replace.isBusy}>
              {t('invite.replace')}
            </button>
          </li>
        ))}
      </ul>
      {created && (
        <>
          <CopyField label={t('invite.link')} value={created.url} />
          <CopyField label={t('invite.code')} value={created.code} />
        </>
      )}
      <Problem text={revoke.error ?? replace.error} />
    </div>
  );
}
