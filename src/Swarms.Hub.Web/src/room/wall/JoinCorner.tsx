import { lazy, Suspense, useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { joinAddress } from '../../people/joinAddress';
import { isForAll, keepInvite, useMadeInvites } from '../../people/madeInvites';
import { useAction } from '../../shared/useAction';
import './JoinCorner.css';

const InviteWall = lazy(() => import('../../people/InviteWall'));

const day = 86_400;

/** How to join, in a corner of the presentation; a press shows it large. A host whose page knows no code makes one by the first press. */
export function JoinCorner({ client, room }: { client: RoomClient; room: string }) {
  const { t } = useLanguage();
  const [openedAt] = useState(() => Date.now());
  const invite = useMadeInvites(client.id).find(created => isForAll(created, openedAt));
  const [isLarge, setLarge] = useState(false);
  const create = useAction(async () => keepInvite(client.id, await client.createInvite({ role: 'participant', expiresInSeconds: day })));
  if (!invite) {
    return (
      <button className="join-corner" onClick={() => void create.run()} disabled={create.isBusy}>
        {create.error ?? t('corner.create')}
      </button>
    );
  }

  return (
    <>
      <button className="join-corner" onClick={() => setLarge(true)} title={t('wall.open')}>
        <span>{joinAddress(invite.url)}</span> <strong>{invite.code}</strong>
      </button>
      {isLarge && (
        <Suspense>
          <InviteWall created={invite} room={room} onClose={() => setLarge(false)} />
        </Suspense>
      )}
    </>
  );
}
