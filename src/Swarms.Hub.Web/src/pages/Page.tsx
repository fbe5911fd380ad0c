import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useLanguage } from '../language/useLanguage';
import { Brand } from '../shared/Brand';
import './Page.css';

const Settings = lazy(() => import('../settings/Settings'));

interface PageProps {
  readonly className: string;
  /** Stands beside the brand. */
  readonly top?: ReactNode;
  readonly children: ReactNode;
}

/** A page outside a room: the brand above, the content below. */
export function Page({ className, top, children }: PageProps) {
  const { t } = useLanguage();
  const [isSetting, setSetting] = useState(false);
  return (
    <div className="page">
      <header className="top">
        <Brand />
        {top}
        <button onClick={() => setSetting(true)}>{t('settings.title')}</button>
      </header>
      <main className={className}>{children}</main>
      {isSetting && (
        <Suspense>
          <Settings onClose={() => setSetting(false)} />
        </Suspense>
      )}
    </div>
  );
}
