import { Brand } from '../shared/Brand';
import { JoinForm } from '../shared/JoinForm';

/** Where an invite's link leads. Its secret stands behind `#`, which browsers do not send anywhere. */
export function JoinPage() {
  const secret = location.hash.slice(1);
  return (
    <div className="page">
      <header className="top"><Brand /></header>
      <main className="narrow">
        <section className="card">
          <h1>{secret === '' ? 'Join a room' : 'You are invited'}</h1>
          <p>{secret === '' ? 'Ask the host for a code or a link.' : 'Choose the name that the others will see.'}</p>
          <JoinForm {...(secret === '' ? {} : { secret })} />
        </section>
      </main>
    </div>
  );
}
