import { useState } from 'react';
import { isEnding, type Run } from 'swarms-hub-client';
import type { Language } from '../language/language';
import { useLanguage } from '../language/useLanguage';
import { runStateInWords } from '../runs/runWords';
import type { RoomViewModel } from './useRoom';

/** Tells screen readers that runs started and ended, but not the growing text. */
export function Announcements({ view }: { view: RoomViewModel }) {
  const language = useLanguage();
  const [said, setSaid] = useState({ runs: view.runs, text: '' });
  if (said.runs !== view.runs) setSaid({ runs: view.runs, text: announcement(language, said.runs, view.runs) ?? said.text });

  return (
    <div className="sr-only" role="status">
      {said.text}
    </div>
  );
}

function announcement(language: Language, before: readonly Run[], runs: readonly Run[]): string | undefined {
  const states = new Map(before.map(run => [run.id, run.state]));
  const changed = runs.filter(run => states.get(run.id) !== run.state && (run.state === 'running' || isEnding(run.state)));
  if (changed.length === 0) return undefined;

  const { t } = language;
  return changed
    .map(run => {
      const agent = run.agent.name ?? t('run.agent');
      return run.state === 'running'
        ? t('announce.started', { agent })
        : t('announce.ended', { agent, state: runStateInWords(language, run) });
    })
    .join(' ');
}
