import { useSyncExternalStore } from 'react';
import { languageCodes, type LanguageCode } from '../language/language';
import { read, write } from '../shared/storage';

/** What a person chose on this device. `system` leaves the choice to the browser. */
export interface Preferences {
  readonly language: LanguageCode | 'system';
}

const key = 'swarms-hub.preferences';
const listeners = new Set<() => void>();
let held = stored();

export function preferences(): Preferences {
  return held;
}

export function prefer(changed: Partial<Preferences>): void {
  held = { ...held, ...changed };
  write(key, held);
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Another version of the page may have stored something else. */
function stored(): Preferences {
  const value = read(key) as Partial<Preferences> | null;
  const language = languageCodes.find(code => code === value?.language);
  return { language: language ?? 'system' };
}

function subscribe(onChange: () => void): () => void {
  const onStored = (event: StorageEvent) => {
    if (event.key !== key) return;

    held = stored();
    onChange();
  };
  listeners.add(onChange);
  addEventListener('storage', onStored);
  return () => {
    listeners.delete(onChange);
    removeEventListener('storage', onStored);
  };
}
