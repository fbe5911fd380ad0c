import { createContext, useContext } from 'react';
import { english, type Language } from './language';

export const LanguageContext = createContext<Language>(english);

/** Returns the language of the interface. The component is drawn again when a person chooses another. */
export function useLanguage(): Language {
  return useContext(LanguageContext);
}
