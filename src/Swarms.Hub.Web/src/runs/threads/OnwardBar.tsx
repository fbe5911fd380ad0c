import type { Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import type { Onward } from './onward';
import './RunThreadLine.css';

interface OnwardBarProps {
  readonly onward: Onward;
  /** The run from which the next one goes on; undefined where the room's state does not hold it. */
  readonly run: Run | undefined;
  readonly onStop: () => void;
}

/** Says above the composer's task from which run the next one goes on. */
export function OnwardBar({ onward, run, onStop }: OnwardBarProps) {
  const { t } = useLanguage();
  const isGone = run !== undefined && (run.hiddenAt !== undefined || run.removedAt !== undefined);
  const task = run === undefined || run.task === '' || isGone ? t('thread.earlierRun') : run.task;
  return (
    <div className="onward-bar" role="status">
      <span>{t(onward.how === 'continues' ? 'thread.willContinue' : 'thread.willSupersede', { task })}</span>
      <button type="button" className="quiet" onClick={onStop}>
        {t('thread.startAnew')}
      </button>
    </div>
  );
}
