import { useEffect, useRef, useState } from 'react';
import { isEnding, type Run } from 'swarms-hub-client';
import type { Language } from '../language/language';
import { useLanguage } from '../language/useLanguage';
import { runName, runStateInWords } from '../runs/runWords';
import { announce, onAnnounced } from './announce';
import type { RoomViewModel } from './useRoomView';

interface Said {
  readonly number: number;
  readonly text: string;
}

/** A screen reader has taken up a line long before. */
const keptMilliseconds = 5000;

/**
 * Tells screen readers that runs started and ended, but not the growing text. Each announcement is a line of its own, so two equal ones
 * are both read, and one does not replace another that still waits to be read.
 */
export function Announcements({ view }: { view: RoomViewModel }) {
  const language = useLanguage();
  const { runs } = view;
  const before = useRef(runs);
  const [said, setSaid] = useState<readonly Said[]>([]);
  useEffect(() => onAnnounced(text => setSaid(held => [...held, { number: (held.at(-1)?.number ?? 0) + 1, text }])), []);
  useEffect(() => {
    for (const text of announcements(language, before.current, runs)) announce(text);
    before.current = runs;
  }, [language, runs]);
  const newest = said.at(-1)?.number;
  useEffect(() => {
    if (newest === undefined) return;

    const timer = setTimeout(() => setSaid(held => held.slice(-1)), keptMilliseconds);
    return () => clearTimeout(timer);
  }, [newest]);

  return (
    <div className="sr-only" role="status" aria-atomic="false">
      {said.map(({ number, text }) => (
        <p key={number}>{text}</p>
      ))}
    </div>
  );
}

function announcements(language: Language, before: readonly Run[], runs: readonly Run[]): string[] {
  const { t } = language;
  const states = new Map(before.map(run => [run.id, run.state]));
  return runs
    .filter(run => states.get(run.id) !== run.state && (run.state === 'running' || isEnding(run.state)))
    .map(run => {
      const agent = runName(t, run);
      return run.state === 'running'
        ? t('announce.started', { agent })
        : t('announce.ended', { agent, state: runStateInWords(language, run) });
    });
}
