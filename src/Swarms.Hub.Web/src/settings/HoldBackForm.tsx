import { HostAbsences, type HoldBack, type RoomSettingsChange } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';

interface HoldBackFormProps {
  readonly holdBack: HoldBack | undefined;
  readonly isFromRoom: boolean;
  readonly isBusy: boolean;
  readonly onChange: (change: RoomSettingsChange) => void;
}

const waits = [0, 5, 10, 30, 60];

/** How the room holds texts back. Each choice counts at once. */
export function HoldBackForm({ holdBack, isFromRoom, isBusy, onChange }: HoldBackFormProps) {
  const { t } = useLanguage();
  const seconds = holdBack?.seconds;
  const value = !isFromRoom ? 'hub' : !holdBack ? 'off' : seconds === undefined ? 'manual' : String(seconds);
  const choices = seconds === undefined || waits.includes(seconds) ? waits : [...waits, seconds];
  const choose = (choice: string) => {
    const { seconds: before, ...rest } = holdBack ?? { withoutHost: HostAbsences.stop };
    if (choice === 'hub') onChange({ holdBack: null });
    else if (choice === 'off') onChange({ holdBack: false });
    else onChange({ holdBack: choice === 'manual' ? rest : { ...rest, seconds: Number(choice) } });
  };
  return (
    <>
      <label>
        {t('holdBack.title')}
        <select value={value} disabled={isBusy} onChange={({ target }) => choose(target.value)}>
          <option value="hub">{t('holdBack.hub')}</option>
          <option value="off">{t('holdBack.off')}</option>
          {choices.map(count => (
            <option key={count} value={count}>
              {t('holdBack.seconds', { count })}
            </option>
          ))}
          <option value="manual">{t('holdBack.manual')}</option>
        </select>
      </label>
      {holdBack && (
        <>
          <label className="choice">
            <input
              type="checkbox"
              checked={holdBack.keepLane ?? false}
              disabled={isBusy}
              onChange={({ target }) => onChange({ holdBack: { ...holdBack, keepLane: target.checked } })}
            />
            <span>{t('holdBack.keepLane')}</span>
          </label>
          <label className="choice">
            <input
              type="checkbox"
              checked={holdBack.withoutHost === HostAbsences.release}
              disabled={isBusy}
              onChange={({ target }) =>
                onChange({ holdBack: { ...holdBack, withoutHost: target.checked ? HostAbsences.release : HostAbsences.stop } })
              }
            />
            <span>{t('holdBack.release')}</span>
          </label>
        </>
      )}
    </>
  );
}
