import { useSyncExternalStore } from 'react';

const moved = new EventTarget();
let visits = 0;

/** Goes to another page without loading it anew. `replace` drops the current page from the history, and an invite's secret with it. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);

  moved.dispatchEvent(new Event('moved'));
}

/** Returns a number that changes with each move, also with one to the same path: the person may have been admitted meanwhile. */
export function useVisit(): number {
  return useSyncExternalStore(subscribe, () => visits);
}

function subscribe(onChange: () => void): () => void {
  const onMove = () => {
    visits++;
    onChange();
  };
  moved.addEventListener('moved', onMove);
  addEventListener('popstate', onMove);
  return () => {
    moved.removeEventListener('moved', onMove);
    removeEventListener('popstate', onMove);
  };
}
