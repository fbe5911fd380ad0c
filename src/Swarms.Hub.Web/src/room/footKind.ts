import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { focusOn } from './focusOn';

/** What the field below the stream of runs and messages writes. */
export type FootKind = 'task' | 'message';

const listeners = new Set<() => void>();
let kind: FootKind = 'task';

export function useFootKind(): FootKind {
  return useSyncExternalStore(subscribe, () => kind);
}

/** Gives the focus to the field of tasks, which may have to take the place of the other one. */
export function writeTask(): void {
  show('task');
  focusOn('.composer textarea');
}

/** Gives the focus to the field of messages, beside the runs or below them. */
export function writeMessage(): void {
  show('message');
  focusOn('.say input');
}

function show(next: FootKind): void {
  kind = next;
  // The field must be there to take the focus.
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
