import { useSyncExternalStore } from 'react';
import { languageCodes, type LanguageCode } from '../language/language';
import { read, write } from '../shared/storage';

export const themes = ['system', 'light', 'dark'] as const;

export const messagePlaces = ['beside', 'within'] as const;

/** Percents of the browser's own text size. */
export const textSizes = { min: 90, max: 200, step: 10, usual: 100 } as const;

/** A person's choices on this device. `system` leaves the choice to the browser. */
export interface Preferences {
  readonly theme: (typeof themes)[number];
  readonly textSize: number;
  readonly language: LanguageCode | 'system';
  /** Whether single letters are commands. Speech input may type them unmeant, so one can turn them off. */
  readonly singleKeys: boolean;
  /** Where messages are shown: beside the runs, or within their stream. A narrow window has no room beside them. */
  readonly messages: (typeof messagePlaces)[number];
}

const key = 'swarms-hub.preferences';
const listeners = new Set<() => void>();
let held = stored();

export function preferences(): Preferences {
  return held;
}

export function prefer(changed: Partial<Preferences>): void {
  take({ ...held, ...changed });
  write(key, held);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Another version of the page may have stored something else. */
function stored(): Preferences {
  const value = read(key) as Partial<Preferences> | null;
  const size = Number(value?.textSize);
  return {
    theme: themes.find(theme => theme === value?.theme) ?? 'system',
    textSize: size >= textSizes.min && size <= textSizes.max ? size : textSizes.usual,
    language: languageCodes.find(code => code === value?.language) ?? 'system',
    singleKeys: value?.singleKeys !== false,
    messages: messagePlaces.find(place => place === value?.messages) ?? 'beside',
  };
}

/** public/first-paint.js does the same before the page's code is there. */
function take(next: Preferences): void {
  held = next;
  const { dataset, style } = document.documentElement;
  if (held.theme === 'system') delete dataset['theme'];
  else dataset['theme'] = held.theme;
  style.setProperty('--text-size', String(held.textSize / 100));
  for (const listener of listeners) listener();
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

// Another tab of the page.
addEventListener('storage', event => {
  if (event.key === key) take(stored());
});
