import { flushSync } from 'react-dom';
import { useLanguage } from '../language/useLanguage';
import { focusOn } from './focusOn';
import './SkipLinks.css';

interface SkipLinksProps {
  readonly onRuns: () => void;
  /** Leads to the field of tasks; undefined for those who start none. */
  readonly onTask: (() => void) | undefined;
  readonly onMessages: () => void;
}

/** The first stops of the Tab key. They lead past the header and are seen only while they have the focus. */
export function SkipLinks({ onRuns, onTask, onMessages }: SkipLinksProps) {
  const { t } = useLanguage();
  const toRuns = () => {
    flushSync(onRuns);
    focusOn('.runs');
  };
  return (
    <nav className="skip-links" aria-label={t('skip.title')}>
      <button onClick={toRuns}>{t('skip.runs')}</button>
      {onTask && <button onClick={onTask}>{t('skip.task')}</button>}
      <button onClick={onMessages}>{t('skip.messages')}</button>
    </nav>
  );
}
