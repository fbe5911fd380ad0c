import { useEffect, useState } from 'react';
import { ErrorCodes, type HubClientError } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { JoinForm } from '../people/JoinForm';
import { Announcements } from '../room/Announcements';
import { RoomHeader } from '../room/RoomHeader';
import { SideColumn } from '../room/SideColumn';
import { watchCopies } from '../markdown/copyShown';
import { loadReaders } from '../markdown/FormattedText';
import { RoomStoreContext, useRoom } from '../room/useRoom';
import { Composer } from '../runs/Composer';
import { EarlierRuns } from '../runs/EarlierRuns';
import { Runs } from '../runs/Runs';
import { brand } from '../shared/Brand';
import { rememberRoom } from '../shared/visited';
import { Page } from './Page';
import './RoomPage.css';

export function RoomPage({ roomId }: { roomId: string }) {
  const { t } = useLanguage();
  const { store, client, view } = useRoom(roomId);
  const [shown, setShown] = useState<'runs' | 'people'>('runs');
  const name = view.room?.name;
  const memberId = view.me?.id;
  useEffect(() => watchCopies(), []);
  useEffect(() => {
    // Without it a text is shown as it was written, and the next text tries again.
    loadReaders().catch(() => undefined);
  }, []);
  useEffect(() => {
    document.title = name === undefined ? brand : `${name} · ${brand}`;
    if (name !== undefined) rememberRoom(roomId, name, memberId);
    return () => {
      document.title = brand;
    };
  }, [roomId, name, memberId]);

  if (view.connectionState === 'ended') return <NoAccess refusal={view.refusal} wasIn={view.room !== undefined} />;

  if (!view.room) return <Opening isOffline={view.connectionState === 'offline'} />;

  const canStart = view.me?.role === 'host' || view.me?.role === 'participant';
  return (
    <RoomStoreContext value={store}>
      <div className="room" data-shown={shown}>
        <RoomHeader client={client} view={view} shown={shown} onShow={setShown} />
        <main className="stage">
          {!view.isStorageAvailable && (
            <p className="notice" role="alert">
              {t('room.diskFails')}
            </p>
          )}
          <EarlierRuns client={client} view={view} />
          <Runs client={client} view={view} />
          {canStart ? <Composer client={client} /> : view.me && <p className="hint stage-foot">{t('room.viewer')}</p>}
        </main>
        <SideColumn client={client} view={view} />
        <Announcements view={view} />
      </div>
    </RoomStoreContext>
  );
}

function Opening({ isOffline }: { isOffline: boolean }) {
  const { t } = useLanguage();
  return (
    <Page className="narrow">
      <p className="hint" role="status">
        {t(isOffline ? 'room.unreachable' : 'room.opening')}
      </p>
    </Page>
  );
}

function NoAccess({ refusal, wasIn }: { refusal: HubClientError | undefined; wasIn: boolean }) {
  const { t } = useLanguage();
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{t(wasIn ? 'room.removed' : 'room.notIn')}</h1>
        <p>
          {t(refusal?.code === ErrorCodes.notFound ? 'room.notFound' : 'room.notAdmitted')} {t('room.joinHint')}
        </p>
        <JoinForm />
      </section>
    </Page>
  );
}
