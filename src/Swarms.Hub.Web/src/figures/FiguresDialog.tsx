import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { colourNames } from './colours';
import { FigureTables } from './FigureTables';
import { keysOf, others, pointsOf, sumsOf } from './lines';
import { Plot } from './Plot';
import { printFigures } from './printFigures';
import { readFigures, type RunFigure } from './readFigures';
import './Figures.css';

interface FiguresDialogProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly onClose: () => void;
}

/** The room in figures, from its log as it was when the dialog was opened. */
export default function FiguresDialog({ client, view, onClose }: FiguresDialogProps) {
  const { t } = useLanguage();
  const [count, setCount] = useState(0);
  const [figures, setFigures] = useState<readonly RunFigure[]>();
  const read = useAction(
    useCallback(
      async (signal: AbortSignal) => {
        const found = await readFigures(client, setCount, signal);
        if (!signal.aborted) setFigures(found);
      },
      [client],
    ),
  );
  const { run: start } = read;
  useEffect(() => {
    const reading = new AbortController();
    void start(reading.signal);
    return () => reading.abort();
  }, [start]);
  return (
    <Dialog title={t('figures.title')} isLarge onClose={onClose}>
      {!figures && <p role="status">{t('replay.reading', { count })}</p>}
      <Problem text={read.error} />
      {figures && (figures.length === 0 ? <p className="hint">{t('figures.none')}</p> : <Figures figures={figures} view={view} />)}
    </Dialog>
  );
}

function Figures({ figures, view }: { figures: readonly RunFigure[]; view: RoomViewModel }) {
  const language = useLanguage();
  const { t, number, dollars } = language;
  const [by, setBy] = useState<'agent' | 'member'>('agent');
  const { seesMoney } = rulesFor(view.room, view.me);
  const keyOf = useMemo(() => keysOf(figures, ({ agent, by: member }) => (by === 'agent' ? agent : member) ?? others), [figures, by]);
  const keys = useMemo(() => [...new Set(figures.map(keyOf))], [figures, keyOf]);
  const colourOf = useCallback((key: string) => keys.indexOf(key), [keys]);
  const nameOf = (key: string) =>
    key === others ? t('spending.others') : by === 'agent' ? key : (view.names.get(key) ?? t('people.somebodyWhoLeft'));
  const tokens = useMemo(() => sumsOf(figures, keyOf, figure => figure.tokens), [figures, keyOf]);
  const costs = useMemo(() => sumsOf(figures, keyOf, figure => (seesMoney ? figure.cost : null)), [figures, keyOf, seesMoney]);
  const first = useMemo(() => pointsOf(figures, keyOf, ({ firstWordAfter: after }) => after && after / 1000), [figures, keyOf]);
  const pace = useMemo(() => pointsOf(figures, keyOf, figure => figure.wordsPerSecond), [figures, keyOf]);
  const seconds = useCallback((value: number) => t('duration.seconds', { seconds: value }), [t]);
  return (
    <div className="figures prints">
      <div className="figures-tools">
        <fieldset className="figures-by">
          <legend className="sr-only">{t('figures.by')}</legend>
          {(['agent', 'member'] as const).map(kind => (
            <label key={kind} className="choice">
              <input type="radio" name="figures-by" checked={by === kind} onChange={() => setBy(kind)} />
              {t(`figures.by.${kind}`)}
            </label>
          ))}
        </fieldset>
        <button onClick={printFigures}>{t('room.print')}</button>
      </div>
      <ul className="figures-legend" aria-label={t('figures.legend')}>
        {keys.map((key, index) => (
          <li key={key}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <circle cx="5" cy="5" r="5" style={{ fill: `var(${colourNames[index % colourNames.length]})` }} />
            </svg>
            <bdi>{nameOf(key)}</bdi>
          </li>
        ))}
      </ul>
      <div className="plots">
        {tokens.lines.length > 0 && <Plot title={t('figures.tokens')} data={tokens} kind="steps" format={number} colourOf={colourOf} />}
        {costs.lines.length > 0 && <Plot title={t('figures.cost')} data={costs} kind="steps" format={dollars} colourOf={colourOf} />}
        {first.lines.length > 0 && <Plot title={t('figures.firstWord')} data={first} kind="points" format={seconds} colourOf={colourOf} />}
        {pace.lines.length > 0 && <Plot title={t('figures.pace')} data={pace} kind="points" format={number} colourOf={colourOf} />}
      </div>
      <p className="hint">{t('figures.hint')}</p>
      <FigureTables figures={figures} by={by} keys={keys} keyOf={keyOf} nameOf={nameOf} view={view} seesMoney={seesMoney} />
    </div>
  );
}
