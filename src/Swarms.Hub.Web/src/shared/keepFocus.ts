/** Keys that may take away what has the focus, also where one writes: a command, the end of a dialog. */
const keys: ReadonlySet<string> = new Set(['Enter', 'Escape']);

/** There all other keys are letters. Elsewhere each of them may be a choice. */
const written = 'textarea, input:not([type="checkbox"], [type="radio"], [type="range"]), [contenteditable="true"]';

const focusable = 'button, a[href], input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';

/** These hold nearly everything, and say nothing about the place in which one was. */
const wide = 'html, body, #root, main, .room-frame, .room, .stage, .replay';

/** For so long after a key, in milliseconds, an answer of the hub may take the element away. */
const patience = 3000;
/** Dialogs and menus give the focus back themselves, within this time in milliseconds. */
const delay = 60;
const most = 8;

/** An element that had the focus, and where it was. */
interface Spot {
  readonly element: HTMLElement;
  /** What it was in, from the inside out. */
  readonly path: readonly Element[];
  /** What could have the focus then, in order. */
  readonly order: readonly HTMLElement[];
}

/**
 * Keeps the focus where a person at the keyboard is. A command often takes its own button away, and the browser then begins at the top of
 * the page. Here the focus goes to what stood next to it. A pointer ends that until the next key. Returns what stops it.
 */
export function keepFocus(): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  let spots: Spot[] = [];
  let until = 0;
  let timer: number | undefined;
  const observer = new MutationObserver(() => lookSoon());
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    timer = undefined;
  };
  const look = () => {
    timer = undefined;
    const isLate = performance.now() > until;
    if (isLost()) {
      const target = targetIn(spots, isLate);
      if (target) target.focus({ preventScroll: spots.at(-1)?.element === target });
      else if (!isLate) lookSoon();
    }

    if (isLate) stop();
  };
  const lookSoon = () => {
    timer ??= window.setTimeout(look, delay);
  };
  const note = (element: Element | null) => {
    if (!(element instanceof HTMLElement) || element === document.body) return;

    spots = [...spots.filter(spot => spot.element !== element), spotOf(element)].slice(-most);
  };
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Tab' || (!keys.has(key) && document.activeElement?.matches(written))) return;

      note(document.activeElement);
      until = performance.now() + patience;
      observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
      window.setTimeout(lookSoon, patience + delay);
    },
    { signal, capture: true },
  );
  document.addEventListener('focusin', ({ target }) => performance.now() < until && note(target as Element), { signal });
  document.addEventListener(
    'pointerdown',
    () => {
      spots = [];
      until = 0;
      stop();
    },
    { signal, capture: true },
  );
  return () => {
    listeners.abort();
    stop();
  };
}

function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !canFocus(activeElement as HTMLElement);
}

function spotOf(element: HTMLElement): Spot {
  const path: Element[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) path.push(at);
  return { element, path, order: [...document.querySelectorAll<HTMLElement>(focusable)] };
}

/** Returns what gets the focus: the newest place that is still there. A button that rests while the hub is asked is waited for. */
function targetIn(spots: readonly Spot[], isLate: boolean): HTMLElement | undefined {
  for (const spot of spots.toReversed()) {
    if (canFocus(spot.element)) return spot.element;

    if (spot.element.isConnected && spot.element.checkVisibility() && !isLate) return undefined;

    const next = nextTo(spot);
    if (next) return next;
  }

  return document.querySelector<HTMLElement>('.runs, .replay-runs, h1[tabindex]') ?? undefined;
}

/** The next one in the smallest part of the page that is left, else the one before, else whatever is new there. */
function nextTo({ element, path, order }: Spot): HTMLElement | undefined {
  const at = order.indexOf(element);
  for (const part of path) {
    if (part.matches(wide)) return undefined;
    if (!part.isConnected) continue;

    const left = (others: readonly HTMLElement[]) => others.find(other => part.contains(other) && canFocus(other));
    const [after, before] = [order.slice(at + 1), order.slice(0, Math.max(0, at)).toReversed()];
    const found = left(after) ?? left(before) ?? left([...part.querySelectorAll<HTMLElement>(focusable)]);
    if (found) return found;
  }

  return undefined;
}

function canFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility() && element.closest('[inert]') === null;
}
