import { languageCodes } from '../language/language';
import { useLanguage } from '../language/useLanguage';
import { Dialog } from '../shared/controls/Dialog';
import { messagePlaces, prefer, textSizes, themes, usePreferences } from './preferences';
import './Settings.css';

/** Languages are named in themselves: who needs the choice may not read the page's. */
const languageNames = { en: 'English', de: 'Deutsch' };

/** The choices that a person has on this device. */
export default function Settings({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const { theme, textSize, language, singleKeys, messages } = usePreferences();
  return (
    <Dialog title={t('settings.title')} onClose={onClose}>
      <div className="settings">
        <fieldset>
          <legend>{t('settings.theme')}</legend>
          <div className="choices">
            {themes.map(value => (
              <label key={value} className="choice">
                <input type="radio" name="theme" checked={theme === value} onChange={() => prefer({ theme: value })} />
                <span>{t(`settings.theme.${value}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{t('settings.messages')}</legend>
          <div className="choices">
            {messagePlaces.map(place => (
              <label key={place} className="choice">
                <input type="radio" name="messages" checked={messages === place} onChange={() => prefer({ messages: place })} />
                <span>{t(`settings.messages.${place}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <label>
          {t('settings.textSize', { percent: textSize })}
          <input
            type="range"
            min={textSizes.min}
            max={textSizes.max}
            step={textSizes.step}
            value={textSize}
            aria-valuetext={t('settings.textSize', { percent: textSize })}
            onChange={({ target }) => prefer({ textSize: target.valueAsNumber })}
          />
        </label>
        <label>
          {t('settings.language')}
          <select
            value={language}
            onChange={({ target }) => prefer({ language: languageCodes.find(code => code === target.value) ?? 'system' })}
          >
            <option value="system">{t('settings.languageOfBrowser')}</option>
            {languageCodes.map(code => (
              <option key={code} value={code} lang={code}>
                {languageNames[code]}
              </option>
            ))}
          </select>
        </label>
        <label className="choice">
          <input type="checkbox" checked={singleKeys} onChange={({ target }) => prefer({ singleKeys: target.checked })} />
          <span>{t('settings.singleKeys')}</span>
        </label>
      </div>
    </Dialog>
  );
}
