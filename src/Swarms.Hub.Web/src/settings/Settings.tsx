import { useId, useRef } from 'react';
import { languageCodes } from '../language/language';
import { useLanguage } from '../language/useLanguage';
import { prefer, usePreferences } from './preferences';
import '../shared/dialog.css';

/** Languages are named in themselves: who needs the choice may not read the page's. */
const languageNames = { en: 'English', de: 'Deutsch' };

/** The button and the dialog of what a person may choose on this device. */
export function Settings() {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { t } = useLanguage();
  const { language } = usePreferences();
  return (
    <>
      <button onClick={() => dialog.current?.showModal()}>{t('settings.title')}</button>
      <dialog ref={dialog} aria-labelledby={title}>
        <header className="dialog-header">
          <h2 id={title}>{t('settings.title')}</h2>
          <button onClick={() => dialog.current?.close()}>{t('common.close')}</button>
        </header>
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
      </dialog>
    </>
  );
}
