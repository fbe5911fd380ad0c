import { useEffect, useRef, useState } from 'react';
import { isEnding } from 'swarms-hub-client';
import { runStateInWords } from '../shared/words';
import type { RoomViewModel } from './useRoom';

/** Says to screen readers that runs started and ended, never the growing text. */
export function Announcements({ view }: { view: RoomViewModel }) {
  const states = useRef<Map<string, string>>(undefined);
  const [text, setText] = useState('');
  useEffect(() => {
    const before = states.current;
    states.current = new Map(view.runs.map(run => [run.id, run.state]));
    if (!before)
      return;

    const changed = view.runs.filter(run => before.get(run.id) !== run.state && (run.state === 'running' || isEnding(run.state)));
    if (changed.length > 0)
      setText(changed.map(run => `${run.agent.name ?? 'Agent'}: ${run.state === 'running' ? 'started' : runStateInWords(run)}.`).join(' '));
  }, [view.runs]);
  return <div className="sr-only" role="status">{text}</div>;
}
