import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

/** So long nothing may change on the page before it is printed. */
const quietMilliseconds = 300;
/** A text that grows is never quiet: it is printed as it is then. */
const maxMilliseconds = 5000;

const listeners = new Set<() => void>();
let isPreparing = false;

/** Says whether the page is being printed: then also what is far from the window has to be there. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(
    onChange => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    () => isPreparing,
  );
}

/** Prints the page, all of it, once all of it is drawn. */
export async function printPage(): Promise<void> {
  prepare(true);
  await untilQuiet();
  print();
  prepare(false);
}

/** Prints one part of the page alone. A copy of it is printed, so that no box around it cuts it off: print.css hides the rest. */
export function printElement(element: Element | null): void {
  if (!element) return;

  copyToSheet(element);
  print();
}

function copyToSheet(element: Element): void {
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  sheet.append(element.cloneNode(true));
  document.body.append(sheet);
  addEventListener('afterprint', () => sheet.remove(), { once: true });
}

function prepare(isWanted: boolean): void {
  isPreparing = isWanted;
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

function untilQuiet(): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      observer.disconnect();
      clearTimeout(quiet);
      clearTimeout(last);
      resolve();
    };
    const observer = new MutationObserver(() => {
      clearTimeout(quiet);
      quiet = setTimeout(done, quietMilliseconds);
    });
    let quiet = setTimeout(done, quietMilliseconds);
    const last = setTimeout(done, maxMilliseconds);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

// The browser's own command gives no time to wait, but what is drawn at once is printed. An old run that is open lies over the room.
addEventListener('beforeprint', () => {
  if (isPreparing || document.querySelector('.sheet')) return;

  const opened = document.querySelector('dialog[open] .run');
  if (opened) copyToSheet(opened);
  else prepare(true);
});
addEventListener('afterprint', () => {
  if (isPreparing) prepare(false);
});
