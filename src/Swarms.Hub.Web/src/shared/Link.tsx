import type { ReactNode } from 'react';
import { linkTo } from './navigation';

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link to another path of the hub, which opens without loading anew. */
export function Link({ to, className, children }: LinkProps) {
  return (
    <a className={className} {...linkTo(to)}>
      {children}
    </a>
  );
}
