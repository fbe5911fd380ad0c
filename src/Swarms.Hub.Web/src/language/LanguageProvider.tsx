import { useEffect, useState, type ReactNode } from 'react';
import { usePreferences } from '../settings/preferences';
import { languageOfBrowser, loadLanguage, type Language } from './language';
import { LanguageContext } from './useLanguage';

interface LanguageProviderProps {
  /** The language of the first picture. It was loaded before, so that nobody sees another one first. */
  readonly first: Language;
  readonly children: ReactNode;
}

/** Gives the page the language that the person chose, or the browser's. */
export function LanguageProvider({ first, children }: LanguageProviderProps) {
  const [language, setLanguage] = useState(first);
  const { language: chosen } = usePreferences();
  const code = chosen === 'system' ? languageOfBrowser() : chosen;
  useEffect(() => {
    let isCurrent = true;
    loadLanguage(code).then(
      loaded => isCurrent && setLanguage(loaded),
      () => {
        // The hub cannot be reached at the moment: the page keeps its language.
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [code]);
  useEffect(() => {
    document.documentElement.lang = language.code;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
