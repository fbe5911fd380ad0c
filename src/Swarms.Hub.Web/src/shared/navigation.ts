import { useSyncExternalStore, type MouseEventHandler } from 'react';
import { addressOf } from './base';

const moved = new EventTarget();
let visits = 0;

/**
 * Goes to another path of the hub without loading the page anew. `replace` drops the current page from the history, and an invite's secret
 * with it.
 */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', addressOf(path));
  else history.replaceState(null, '', addressOf(path));

  moved.dispatchEvent(new Event('moved'));
}

/** The path of a room's page within the hub. */
export function roomPath(roomId: string): string {
  return `/rooms/${encodeURIComponent(roomId)}`;
}

/** Returns true for a click with which browsers open a link in a new tab or window, or save it. */
export function opensElsewhere(click: Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): boolean {
  return click.ctrlKey || click.metaKey || click.shiftKey || click.altKey;
}

/** Returns the attributes of a link to another path of the hub, which opens without loading anew. */
export function linkTo(path: string): { href: string; onClick: MouseEventHandler } {
  return {
    href: addressOf(path),
    onClick: event => {
      if (opensElsewhere(event)) return;

      event.preventDefault();
      navigate(path);
    },
  };
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
