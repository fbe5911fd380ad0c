import { useState } from 'react';
import { isEnding, type Run } from 'swarms-hub-client';
import { runStateInWords } from '../runs/runWords';
import type { RoomViewModel } from './useRoom';

/** Tells screen readers that runs started and ended, but not the growing text. */
export function Announcements({ view }: { view: RoomViewModel }) {
  const [said, setSaid] = useState({ runs: view.runs, text: '' });
  if (said.runs !== view.runs) setSaid({ runs: view.runs, text: announcement(said.runs, view.runs) ?? said.text });

  return (
    <div className="sr-only" role="status">
      {said.text}
    </div>
  );
}

function announcement(before: readonly Run[], runs: readonly Run[]): string | undefined {
  const states = new Map(before.map(run => [run.id, run.state]));
  const changed = runs.filter(run => states.get(run.id) !== run.state && (run.state === 'running' || isEnding(run.state)));
  if (changed.length === 0) return undefined;

  return changed.map(run => `${run.agent.name ?? 'Agent'}: ${run.state === 'running' ? 'started' : runStateInWords(run)}.`).join(' ');
}
