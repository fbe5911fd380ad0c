import { useEffect, useRef, type ReactNode } from 'react';
import './Menu.css';

/** A button that opens a few choices. A choice, Escape or a click elsewhere closes them again. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const close = () => details.current?.removeAttribute('open');
    const onClick = ({ target }: MouseEvent) => {
      // The browser itself opens and closes by the summary.
      if (target instanceof Node && !summary.current?.contains(target)) close();
    };
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close();
    };
    document.addEventListener('click', onClick, { signal });
    document.addEventListener('keydown', onKeyDown, { signal });
    return () => listeners.abort();
  }, []);
  return (
    <details className="menu" ref={details}>
      <summary className="button" ref={summary}>
        {label}
      </summary>
      <div className="menu-items">{children}</div>
    </details>
  );
}
