import { lazy, Suspense, useState } from 'react';
import { useServer } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { JoinForm } from '../people/JoinForm';
import { NameField } from '../people/NameField';
import { hub, hubOfOperator } from '../shared/hub';
import { Link } from '../shared/Link';
import { navigate, roomPath } from '../shared/navigation';
import { Problem } from '../shared/Problem';
import { UpstreamBadge } from '../shared/UpstreamBadge';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { forgetRoom, rememberRoom, visitedRooms } from '../shared/visited';
import { Page } from './Page';
import './HomePage.css';

const ConnectUpstream = lazy(() => import('../upstream/ConnectUpstream'));

export function HomePage() {
  const { t } = useLanguage();
  const server = useServer(hub);
  const [isConnecting, setConnecting] = useState(false);
  return (
    <Page className="home" top={<UpstreamBadge server={server} onConnect={() => setConnecting(true)} />}>
      <div className="intro">
        <h1>{t('home.title')}</h1>
        <p>{t('home.intro')}</p>
      </div>
      <CreateForm needsKey={server?.roomCreation === 'operator'} />
      <section className="card">
        <h2>{t('home.joinByCode')}</h2>
        <JoinForm />
      </section>
      <VisitedRooms />
      {isConnecting && (
        <Suspense>
          <ConnectUpstream onClose={() => setConnecting(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function CreateForm({ needsKey }: { needsKey: boolean }) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [memberName, setMemberName] = useStored('name', '');
  const [key, setKey] = useState('');
  const create = useAction(async () => {
    const host = memberName.trim() === '' ? undefined : memberName.trim();
    const roomName = name.trim() !== '' ? name.trim() : host === undefined ? t('home.roomOfNobody') : t('home.roomOf', { name: host });
    const room = await hubOfOperator(key).createRoom(roomName, host);
    rememberRoom(room.id, roomName, (await room.getMember()).id);
    navigate(roomPath(room.id));
  });
  return (
    <section className="card">
      <h2>{t('home.new')}</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          void create.run();
        }}
      >
        <NameField value={memberName} onChange={setMemberName} placeholder={t('home.nameExample')} />
        <label>
          {t('home.roomName')}
          <input
            value={name}
            onChange={event => setName(event.target.value)}
            maxLength={200}
            dir="auto"
            placeholder={memberName.trim() === '' ? t('home.roomExample') : t('home.roomOf', { name: memberName.trim() })}
            autoComplete="off"
          />
        </label>
        {needsKey && (
          <label>
            {t('home.key')}
            <input type="password" value={key} onChange={event => setKey(event.target.value)} required autoComplete="off" />
            <small>{t('home.keyHint')}</small>
          </label>
        )}
        <button className="primary" disabled={create.isBusy}>
          {t('home.create')}
        </button>
        <Problem text={create.error} />
      </form>
    </section>
  );
}

function VisitedRooms() {
  const { t, time } = useLanguage();
  const [rooms, setRooms] = useState(visitedRooms);
  if (rooms.length === 0) return null;

  return (
    <section className="card wide">
      <h2>{t('home.visited')}</h2>
      <ul className="visited">
        {rooms.map(room => (
          <li key={room.id}>
            <Link to={roomPath(room.id)}>
              <bdi>{room.name}</bdi>
            </Link>
            <small>{time(new Date(room.at).toISOString())}</small>
            <button
              className="quiet"
              aria-label={t('home.forgetRoom', { room: room.name })}
              onClick={() => {
                forgetRoom(room.id);
                setRooms(visitedRooms());
              }}
            >
              {t('home.forget')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
