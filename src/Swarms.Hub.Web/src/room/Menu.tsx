import { useEffect, useRef, type ReactNode } from 'react';

/** A button that opens a few choices. The platform's own disclosure, closed again by a choice, Escape or a click elsewhere. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const listeners = new AbortController();
    const close = () => { details.current?.removeAttribute('open'); };
    document.addEventListener('click', event => {
      if (event.target instanceof Node && !details.current?.contains(event.target))
        close();
    }, { signal: listeners.signal });
    document.addEventListener('keydown', event => event.key === 'Escape' && close(), { signal: listeners.signal });
    return () => listeners.abort();
  }, []);
  return (
    <details className="menu" ref={details}>
      <summary className="button">{label}</summary>
      <div className="menu-items" onClick={() => details.current?.removeAttribute('open')}>{children}</div>
    </details>
  );
}
