import { useCallback, useSyncExternalStore } from 'react';

/** A reload keeps what a person is writing. It goes with the tab: the device may be another person's next hour. */
const prefix = 'swarms-hub.draft';
const listeners = new Set<() => void>();
/** Drafts that the browser does not store. */
const unstored = new Map<string, string>();

export type DraftKind = 'task' | 'message' | 'onward';

export function readDraft(roomId: string, kind: DraftKind): string {
  const key = keyOf(roomId, kind);
  try {
    return sessionStorage.getItem(key) ?? unstored.get(key) ?? '';
  } catch {
    return unstored.get(key) ?? '';
  }
}

export function writeDraft(roomId: string, kind: DraftKind, text: string): void {
  const key = keyOf(roomId, kind);
  unstored.delete(key);
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    unstored.set(key, text);
  }

  for (const listener of listeners) listener();
}

/** Clears a draft that was sent. What was written since stays. */
export function clearSent(roomId: string, kind: DraftKind, sent: string): void {
  if (readDraft(roomId, kind) === sent) writeDraft(roomId, kind, '');
}

/** The text of a field, kept for each room. */
export function useDraft(roomId: string, kind: DraftKind): [string, (text: string) => void] {
  const text = useSyncExternalStore(subscribe, () => readDraft(roomId, kind));
  const write = useCallback((next: string) => writeDraft(roomId, kind, next), [roomId, kind]);
  return [text, write];
}

function keyOf(roomId: string, kind: DraftKind): string {
  return `${prefix}.${roomId}.${kind}`;
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
