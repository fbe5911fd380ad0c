import { english, type Language } from '../language/language';

let language = english;

/** What is drawn outside React speaks this language from now on. */
export function setTextLanguage(chosen: Language): void {
  language = chosen;
}

/** Returns a text of the interface for what is drawn outside React. */
export const say: Language['t'] = (key, ...values) => language.t(key, ...values);
