import { english, type Language } from '../language/language';

let language = english;

/** Sets the language of everything that is drawn outside React. */
export function setTextLanguage(chosen: Language): void {
  language = chosen;
}

/** Returns a text of the interface for what is drawn outside React. */
export const say: Language['t'] = (key, ...values) => language.t(key, ...values);
