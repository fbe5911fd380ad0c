import { useLanguage } from '../language/useLanguage';
import { showRun } from '../runs/showRun';
import type { Missed } from './Loss';
import './MissedNotice.css';

/** Says what came while the connection was lost, and leads there. */
export function MissedNotice({ missed, onDismiss, onMessages }: { missed: Missed; onDismiss: () => void; onMessages: () => void }) {
  const { t, duration } = useLanguage();
  const { firstRun, runs, words, messages } = missed;
  const parts = [
    ...(runs > 0 ? [t('missed.runs', { count: runs })] : []),
    ...(words > 0 ? [t('missed.words', { count: words })] : []),
    ...(messages > 0 ? [t('missed.messages', { count: messages })] : []),
  ];
  return (
    <div className="notice missed" role="status">
      <span>{t('missed.while', { duration: duration(missed.milliseconds), what: parts.join(', ') })}</span>
      {firstRun !== undefined && (
        <button
          onClick={() => {
            showRun(firstRun);
            onDismiss();
          }}
        >
          {t('missed.showRuns')}
        </button>
      )}
      {messages > 0 && <button onClick={onMessages}>{t('missed.showMessages')}</button>}
      <button className="quiet" onClick={onDismiss}>
        {t('common.close')}
      </button>
    </div>
  );
}
