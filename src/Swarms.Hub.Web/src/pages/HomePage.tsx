import { useState } from 'react';
import { JoinForm } from '../people/JoinForm';
import { hubOfOperator } from '../shared/hub';
import { navigate } from '../shared/navigation';
import { Problem } from '../shared/Problem';
import { UpstreamBadge } from '../shared/UpstreamBadge';
import { useAction } from '../shared/useAction';
import { useServer } from '../shared/useServer';
import { useStored } from '../shared/useStored';
import { forgetRoom, rememberRoom, visitedRooms } from '../shared/visited';
import { time } from '../shared/words';
import { Page } from './Page';
import './HomePage.css';

export function HomePage() {
  const server = useServer();
  return (
    <Page className="home" top={<UpstreamBadge server={server} />}>
      <div className="intro">
        <h1>Watch agents work, together.</h1>
        <p>Open a room, invite people, start a run. Everybody sees the same words at the same moment, and it is all kept.</p>
      </div>
      <CreateForm needsKey={server?.roomCreation === 'operator'} />
      <section className="card">
        <h2>Join with a code</h2>
        <JoinForm />
      </section>
      <VisitedRooms />
    </Page>
  );
}

function CreateForm({ needsKey }: { needsKey: boolean }) {
  const [name, setName] = useState('');
  const [memberName, setMemberName] = useStored('name', '');
  const [key, setKey] = useState('');
  const create = useAction(async () => {
    const room = await hubOfOperator(key).createRoom(name.trim(), memberName.trim() === '' ? undefined : memberName.trim());
    rememberRoom(room.id, name.trim(), (await room.getMember()).id);
    navigate(`/rooms/${encodeURIComponent(room.id)}`);
  });
  return (
    <section className="card">
      <h2>New room</h2>
      <form
        onSubmit={event => {
          event.preventDefault();
          void create.run();
        }}
      >
        <label>
          Name of the room
          <input
            value={name}
            onChange={event => setName(event.target.value)}
            required
            maxLength={200}
            placeholder="Biology, Tuesday"
            autoComplete="off"
          />
        </label>
        <label>
          Your name
          <input
            value={memberName}
            onChange={event => setMemberName(event.target.value)}
            maxLength={100}
            placeholder="Host"
            autoComplete="nickname"
          />
        </label>
        {needsKey && (
          <label>
            Operator key
            <input type="password" value={key} onChange={event => setKey(event.target.value)} required autoComplete="off" />
            <small>This hub lets only its operator create rooms. It printed the key at its first start.</small>
          </label>
        )}
        <button className="primary" disabled={create.isBusy}>
          Create room
        </button>
        <Problem text={create.error} />
      </form>
    </section>
  );
}

function VisitedRooms() {
  const [rooms, setRooms] = useState(visitedRooms);
  if (rooms.length === 0) return null;

  return (
    <section className="card wide">
      <h2>Rooms you visited on this device</h2>
      <ul className="visited">
        {rooms.map(room => (
          <li key={room.id}>
            <a
              href={`/rooms/${encodeURIComponent(room.id)}`}
              onClick={event => {
                event.preventDefault();
                navigate(`/rooms/${encodeURIComponent(room.id)}`);
              }}
            >
              {room.name}
            </a>
            <small>{time(new Date(room.at).toISOString())}</small>
            <button
              className="quiet"
              aria-label={`Forget ${room.name}`}
              onClick={() => {
                forgetRoom(room.id);
                setRooms(visitedRooms());
              }}
            >
              Forget
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
