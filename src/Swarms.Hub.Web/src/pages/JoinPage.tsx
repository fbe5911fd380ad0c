import { JoinForm } from '../people/JoinForm';
import { Page } from './Page';

/** The page of an invite's link. The secret stands behind `#`, and browsers send that part nowhere. */
export function JoinPage() {
  const secret = location.hash.slice(1);
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{secret === '' ? 'Join a room' : 'You are invited'}</h1>
        <p>{secret === '' ? 'Ask the host for a code or a link.' : 'Choose the name that the others will see.'}</p>
        <JoinForm {...(secret === '' ? {} : { secret })} />
      </section>
    </Page>
  );
}
