import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { runName, runStateInWords } from '../runWords';

/** The runs of a race as columns of one height. A phone shows one at a time: a swipe leads to the next, and so do the buttons above. */
export function RaceColumns({ runs, card }: { runs: readonly Run[]; card: (run: Run) => ReactNode }) {
  const language = useLanguage();
  const { t } = language;
  const columns = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const box = columns.current;
    if (!box) return;

    const look = () => {
      const width = box.firstElementChild?.getBoundingClientRect().width ?? 0;
      if (width > 0) setShown(Math.round(Math.abs(box.scrollLeft) / width));
    };
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, []);
  // Sideways alone: the list of runs stays where it is.
  const show = (index: number) => {
    const box = columns.current;
    const column = box?.children[index];
    if (box && column) box.scrollBy({ left: column.getBoundingClientRect().left - box.getBoundingClientRect().left });
  };
  return (
    <>
      <div className="race-tabs" role="group" aria-label={t('race.columns')}>
        {runs.map((run, i) => (
          <button
            key={run.id}
            aria-pressed={i === shown}
            data-state={run.state}
            title={runStateInWords(language, run)}
            onClick={() => show(i)}
          >
            <bdi>{runName(t, run)}</bdi>
          </button>
        ))}
      </div>
      <div className="race-runs" ref={columns}>
        {runs.map(card)}
      </div>
    </>
  );
}
