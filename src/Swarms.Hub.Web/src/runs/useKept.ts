import { useSyncExternalStore } from 'react';

const kept = new Map<string, unknown>();
const listeners = new Set<() => void>();

/** A state that outlives its component: a run's card is not there while it is far from the window. */
export function useKept<T>(key: string, initial: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => (kept.has(key) ? (kept.get(key) as T) : initial));
  return [value, next => keep(key, next)];
}

/** Changes such a state from outside of its component. */
export function keep(key: string, value: unknown): void {
  kept.set(key, value);
  for (const listener of listeners) listener();
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
