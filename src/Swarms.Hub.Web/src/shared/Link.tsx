import type { ReactNode } from 'react';
import { addressOf } from './base';
import { navigate, opensElsewhere } from './navigation';

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link to another path of the hub, which opens without loading anew. */
export function Link({ to, className, children }: LinkProps) {
  return (
    <a
      className={className}
      href={addressOf(to)}
      onClick={event => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
