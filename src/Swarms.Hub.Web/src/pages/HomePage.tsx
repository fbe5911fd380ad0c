import { useState } from 'react';
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

export function HomePage() {
  const { t } = useLanguage();
  const server = useServer(hub);
  return (
    <Page className="home" top={<UpstreamBadge server={server} />}>
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
    </Page>
  );
}

function CreateForm({ needsKey }: { needsKey: boolean }) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [memberName, setMemberName] = useStored('name', '');
  const [key, setKey] = useState('');
  const create = useAction(async () => {
    const room = await hubOfOperator(key).createRoom(name.trim(), memberName.trim() === '' ? undefined : memberName.trim());
    rememberRoom(room.id, name.trim(), (await room.getMember()).id);
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
        <label>
          {t('home.roomName')}
          <input
            value={name}
            onChange={event => setName(event.target.value)}
            required
            maxLength={200}
            dir="auto"
            placeholder={t('home.roomExample')}
            autoComplete="off"
          />
        </label>
        <NameField value={memberName} onChange={setMemberName} placeholder={t('home.nameExample')} />
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
