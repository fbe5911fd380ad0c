import { useState } from 'react';

const kept = new Map<string, unknown>();

/** A state that outlives its component: a run's card is not there while it is far from the window. */
export function useKept<T>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => (kept.has(key) ? (kept.get(key) as T) : initial));
  const keep = (next: T) => {
    kept.set(key, next);
    setValue(next);
  };
  return [value, keep];
}
