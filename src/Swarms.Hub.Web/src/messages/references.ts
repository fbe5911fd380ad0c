import { useSyncExternalStore } from 'react';
import { writeMessage } from '../room/footKind';
import type { Message, RunPassage } from 'swarms-hub-client';

/** What the message that is being written refers to. */
export interface References {
  readonly replyTo?: Message;
  readonly quote?: RunPassage;
}

const none: References = {};
const listeners = new Set<() => void>();
let current = none;

/** Adds a reference to the message that is being written, and gives its field the focus. */
export function refer(references: References): void {
  set({ ...current, ...references });
  writeMessage();
}

export function forgetReferences(): void {
  set(none);
}

export function useReferences(): References {
  return useSyncExternalStore(subscribe, () => current);
}

function set(references: References): void {
  current = references;
  for (const listener of listeners) listener();
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
