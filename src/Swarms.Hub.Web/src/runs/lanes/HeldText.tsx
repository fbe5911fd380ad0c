import { useEffect, useState } from 'react';
import { ErrorCodes, type RoomClient, type RunHold } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { piecesOf, placeOf } from './pieces';
import { useLane } from './useLane';
import './HeldText.css';

/** What is held of a run's text, for hosts: they mask passages of it, and release it. */
export function HeldText({ client, runId, hold }: { client: RoomClient; runId: string; hold: RunHold }) {
  const { t } = useLanguage();
  const { run: lane, released, refusal } = useLane(client, runId, hold.lane);
  const selected = useSelectedRange(hold.lane);
  const mask = useAction((range: { start: number; end: number }) => client.maskRun(runId, range.start, range.end));
  const release = useAction(() => client.releaseRun(runId));
  const pieces = piecesOf(lane, released);
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  return (
    <section className="held" aria-label={t('lane.held')}>
      <p className="hint" role="status">
        {hold.seconds === undefined ? t('lane.manual') : t('lane.seconds', { count: hold.seconds })} {t('lane.length', { count: length })}
      </p>
      <div className="held-text" data-lane={hold.lane} dir="auto">
        {pieces.map(piece =>
          piece.isMasked ? (
            <del key={piece.start} data-start={piece.start}>
              {piece.text}
            </del>
          ) : (
            <span key={piece.start} data-start={piece.start}>
              {piece.text}
            </span>
          ),
        )}
      </div>
      {/* A press on a button would take the selection away before it counts. */}
      <div className="held-tools" onMouseDown={event => event.preventDefault()} role="presentation">
        <button onClick={() => selected && void mask.run(selected)} disabled={!selected || mask.isBusy} title={t('lane.maskHint')}>
          {t('lane.mask')}
        </button>
        <button onClick={() => void release.run()} disabled={length === 0 || release.isBusy}>
          {t('lane.release')}
        </button>
      </div>
      {/* A lane that is gone was released or stopped, and the run says so. */}
      <Problem text={mask.error ?? release.error ?? (refusal?.code === ErrorCodes.notFound ? undefined : refusal?.message)} />
    </section>
  );
}

/** What is selected in the held text, as places in the lane's text. */
function useSelectedRange(lane: string): { start: number; end: number } | undefined {
  const [range, setRange] = useState<{ start: number; end: number }>();
  useEffect(() => {
    const look = () => setRange(rangeIn(lane));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [lane]);
  return range;
}

function rangeIn(lane: string): { start: number; end: number } | undefined {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;

  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const text = document.querySelector(`[data-lane="${CSS.escape(lane)}"]`);
  if (!text?.contains(startContainer) || !text.contains(endContainer)) return undefined;

  const [start, end] = [placeOf(startContainer, startOffset), placeOf(endContainer, endOffset)];
  return start === undefined || end === undefined || end <= start ? undefined : { start, end };
}
