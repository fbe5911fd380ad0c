import { useLanguage } from '../language/useLanguage';
import { hub } from '../shared/hub';
import { navigate, roomPath } from '../shared/navigation';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { rememberRoom } from '../shared/visited';
import { Page } from './Page';

/** The page of a return link. It waits for a click: a link that is looked at before it is opened must not be used up by that. */
export function ReturnPage() {
  const { t } = useLanguage();
  const comeBack = useAction(async () => {
    const room = await hub.return(location.hash.slice(1));
    rememberRoom(room.id, t('join.unknownRoom'), (await room.getMember()).id);
    navigate(roomPath(room.id), 'replace');
  });
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{t('return.title')}</h1>
        <p>{t('return.hint')}</p>
        <button className="primary" onClick={() => void comeBack.run()} disabled={comeBack.isBusy}>
          {t('return.open')}
        </button>
        <Problem text={comeBack.error} />
      </section>
    </Page>
  );
}
