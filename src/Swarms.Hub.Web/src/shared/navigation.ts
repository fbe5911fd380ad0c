import { useSyncExternalStore } from 'react';

const moved = new EventTarget();
let visits = 0;

/** Goes to another page without loading it anew. `replace` leaves no way back: an invite's secret stays out of the history. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push')
    history.pushState(null, '', path);
  else
    history.replaceState(null, '', path);

  moved.dispatchEvent(new Event('moved'));
}

/** A number that is another one after each move, also after one to the same path: somebody may have been admitted meanwhile. */
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
