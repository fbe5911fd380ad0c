import { useLanguage } from '../language/useLanguage';
import { JoinForm } from '../people/JoinForm';
import { Page } from './Page';

/** The page of an invite's link. The secret stands behind `#`, and browsers send that part nowhere. */
export function JoinPage() {
  const { t } = useLanguage();
  const secret = location.hash.slice(1);
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{t(secret === '' ? 'join.title' : 'join.invited')}</h1>
        <p>{t(secret === '' ? 'join.hint' : 'join.invitedHint')}</p>
        <JoinForm {...(secret === '' ? {} : { secret })} />
      </section>
    </Page>
  );
}
