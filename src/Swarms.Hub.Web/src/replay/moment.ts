import { useMemo, useSyncExternalStore } from 'react';
import { momentIn, queryOf, type Moment } from './address';

const shown = new EventTarget();

/** Shows the room as it was then, or with undefined as it is now. The connection stays. */
export function showMoment(moment: Moment | undefined): void {
  history.pushState(null, '', location.pathname + queryOf(moment));
  shown.dispatchEvent(new Event('shown'));
}

/** Keeps the address at the moment that is shown, so that it can be copied and reloaded. */
export function keepMoment(moment: Moment): void {
  history.replaceState(history.state, '', location.pathname + queryOf(moment));
}

/** The moment with which a replay was opened; undefined while the room is shown as it is now. */
export function useMoment(): Moment | undefined {
  const search = useSyncExternalStore(subscribe, readSearch);
  return useMemo(() => momentIn(search), [search]);
}

let { pathname, search } = location;

/** `keepMoment` is no opening, and draws nothing anew. Another path is. */
function readSearch(): string {
  if (location.pathname !== pathname) ({ pathname, search } = location);
  return search;
}

function subscribe(onChange: () => void): () => void {
  const read = () => {
    ({ pathname, search } = location);
    onChange();
  };
  read();
  shown.addEventListener('shown', read);
  addEventListener('popstate', read);
  return () => {
    shown.removeEventListener('shown', read);
    removeEventListener('popstate', read);
  };
}
