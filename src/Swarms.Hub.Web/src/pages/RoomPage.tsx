import { useEffect, useState } from 'react';
import { ErrorCodes, type HubClientError } from 'swarms-hub-client';
import { JoinForm } from '../people/JoinForm';
import { Announcements } from '../room/Announcements';
import { RoomHeader } from '../room/RoomHeader';
import { SideColumn } from '../room/SideColumn';
import { RoomStoreContext, useRoom } from '../room/useRoom';
import { Composer } from '../runs/Composer';
import { EarlierRuns } from '../runs/EarlierRuns';
import { Runs } from '../runs/Runs';
import { rememberRoom } from '../shared/visited';
import { Page } from './Page';
import './RoomPage.css';

export function RoomPage({ roomId }: { roomId: string }) {
  const { store, client, view } = useRoom(roomId);
  const [shown, setShown] = useState<'runs' | 'people'>('runs');
  const name = view.room?.name;
  const memberId = view.me?.id;
  useEffect(() => {
    document.title = name === undefined ? 'Swarms.Hub' : `${name} · Swarms.Hub`;
    if (name !== undefined) rememberRoom(roomId, name, memberId);
    return () => {
      document.title = 'Swarms.Hub';
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
              The hub’s disk takes no writes at the moment. Nothing is lost: what comes next is shown as soon as it is stored.
            </p>
          )}
          <EarlierRuns client={client} view={view} />
          <Runs client={client} view={view} />
          {canStart ? (
            <Composer client={client} />
          ) : (
            view.me && <p className="hint stage-foot">You are a viewer here: you see everything, and can talk and raise a hand.</p>
          )}
        </main>
        <SideColumn client={client} view={view} />
        <Announcements view={view} />
      </div>
    </RoomStoreContext>
  );
}

function Opening({ isOffline }: { isOffline: boolean }) {
  return (
    <Page className="narrow">
      <p className="hint" role="status">
        {isOffline ? 'The hub cannot be reached. Trying again…' : 'Opening the room…'}
      </p>
    </Page>
  );
}

function NoAccess({ refusal, wasIn }: { refusal: HubClientError | undefined; wasIn: boolean }) {
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{wasIn ? 'You are no longer in this room' : 'You are not in this room'}</h1>
        <p>
          {refusal?.code === ErrorCodes.notFound
            ? 'There is no such room, or it is not open to you.'
            : 'This device was not admitted to it, or its place was taken back.'}{' '}
          If somebody gave you a code or a link, you can join with it.
        </p>
        <JoinForm />
      </section>
    </Page>
  );
}
