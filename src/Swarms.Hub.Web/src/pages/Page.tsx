import type { ReactNode } from 'react';
import { Settings } from '../settings/Settings';
import { Brand } from '../shared/Brand';
import './Page.css';

interface PageProps {
  readonly className: string;
  /** Stands beside the brand. */
  readonly top?: ReactNode;
  readonly children: ReactNode;
}

/** A page outside a room: the brand above, the content below. */
export function Page({ className, top, children }: PageProps) {
  return (
    <div className="page">
      <header className="top">
        <Brand />
        {top}
        <Settings />
      </header>
      <main className={className}>{children}</main>
    </div>
  );
}
