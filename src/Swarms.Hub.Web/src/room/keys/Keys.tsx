import { useLanguage } from '../../language/useLanguage';
import { usePreferences } from '../../settings/preferences';
import { Dialog } from '../../shared/controls/Dialog';
import { roomKeys } from './roomKeys';
import './Keys.css';

/** Lists what the keyboard does in a room. */
export default function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const { singleKeys } = usePreferences();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      {!singleKeys && <p className="hint">{t('keys.off')}</p>}
      <dl className="keys">
        {roomKeys.map(({ shown, does }) => (
          <div key={does}>
            <dt>
              {shown.map(key => (
                <kbd key={key}>{t(`key.${key}`)}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
