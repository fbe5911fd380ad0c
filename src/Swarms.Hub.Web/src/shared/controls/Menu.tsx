import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './Menu.css';

interface MenuProps {
  readonly label: string;
  /** The name for screen readers, where the label is a sign. */
  readonly name?: string;
  readonly children: ReactNode;
}

const gap = 4;

/**
 * A button that opens a few choices. A choice, Escape or a click elsewhere closes them again. They lie above everything, so that
 * no box cuts them off.
 */
export function Menu({ label, name, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const items = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const close = () => details.current?.removeAttribute('open');
    const place = ({ target }: Event) => {
      // A menu that is longer than the window is scrolled itself, and stays where it is.
      if (target instanceof Node && items.current?.contains(target)) return;

      if (details.current?.open && summary.current && items.current) placeBeside(summary.current, items.current);
    };
    const onClick = ({ target }: MouseEvent) => {
      // The browser itself opens and closes by the summary.
      if (target instanceof Node && !summary.current?.contains(target)) close();
    };
    const onKeyDown = ({ key }: globalThis.KeyboardEvent) => {
      if (key !== 'Escape' || !details.current?.open) return;

      if (details.current.contains(document.activeElement)) summary.current?.focus();
      close();
    };
    document.addEventListener('click', onClick, { signal });
    document.addEventListener('keydown', onKeyDown, { signal });
    document.addEventListener('scroll', place, { signal, capture: true, passive: true });
    addEventListener('resize', place, { signal });
    return () => listeners.abort();
  }, []);

  const onToggle = () => {
    if (!details.current || !summary.current || !items.current) return;

    items.current.togglePopover(details.current.open);
    if (details.current.open) placeBeside(summary.current, items.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !details.current || !items.current) return;

    event.preventDefault();
    details.current.open = true;
    items.current.togglePopover(true);
    const choices = [...items.current.querySelectorAll<HTMLElement>('a, button:not(:disabled)')];
    const at = choices.findIndex(choice => choice === document.activeElement);
    choices.at(at < 0 ? Math.min(0, step) : (at + step) % choices.length)?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the choices, which are buttons and links
    <details className="menu" ref={details} onToggle={onToggle} onKeyDown={onKeyDown}>
      <summary className="button" ref={summary} aria-label={name}>
        {label}
      </summary>
      {/* A choice may open a dialog, which gives the focus back to what had it: to the button, as the choice is hidden then. */}
      <div className="menu-items" ref={items} popover="manual" onClickCapture={() => summary.current?.focus()}>
        {children}
      </div>
    </details>
  );
}

/** Puts the choices below the button, or above it where there is more room, and keeps them in the window. */
function placeBeside(button: HTMLElement, items: HTMLElement): void {
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - bottom - 2 * gap;
  const above = top - 2 * gap;
  items.style.maxHeight = '';
  const isBelow = items.offsetHeight <= below || below >= above;
  items.style.maxHeight = `${isBelow ? below : above}px`;
  items.style.top = `${isBelow ? bottom + gap : Math.max(gap, top - gap - items.offsetHeight)}px`;
  const start = right < innerWidth / 2 ? left : right - items.offsetWidth;
  items.style.left = `${Math.max(gap, Math.min(start, innerWidth - items.offsetWidth - gap))}px`;
}
