import { useId, useRef, type KeyboardEvent } from 'react';
import { ErrorCodes, type RoomClient, type RunHold, type TextRange } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { announce } from '../../room/announce';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { piecesOf } from './pieces';
import { useLane } from './useLane';
import { useSelectedRange } from './useSelectedRange';
import { moveByWord } from './words';
import './HeldText.css';

/** What is held of a run's text, for hosts: they see how far the others are, mask passages, and release the text. */
export function HeldText({ client, runId, hold }: { client: RoomClient; runId: string; hold: RunHold }) {
  const { t } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const keys = useId();
  const { run: lane, released, refusal } = useLane(client, runId, hold.lane);
  const { range, select } = useSelectedRange(box, released);
  const text = lane?.text ?? '';
  const mask = useAction(async ({ start, end }: TextRange) => {
    await client.maskRun(runId, start, end);
    announce(t('lane.maskedOne', { text: text.slice(start, end) }));
  });
  const release = useAction((to?: number) => client.releaseRun(runId, to));
  const pieces = piecesOf(lane, released);
  const length = Math.max(0, text.length - released);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      const next = moveByWord(text, released, range, step, event.shiftKey);
      select(next);
      if (next) announce(text.slice(next.start, next.end));
    } else if ((event.key === 'Enter' || event.key === 'Delete') && range) void mask.run(range);
    // Else the key would stop the run.
    else if (event.key === 'Escape' && range) select(undefined);
    else return;

    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className="held" aria-label={t('lane.held')}>
      <p className="hint" role="status">
        {hold.seconds === undefined ? t('lane.manual') : t('lane.seconds', { count: hold.seconds })} {t('lane.length', { count: length })}
      </p>
      <p className="held-progress">
        <meter min={0} max={Math.max(1, text.length)} value={released} aria-label={t('lane.progressName')}>
          {t('lane.progress', { released, count: text.length })}
        </meter>
        <small aria-hidden="true">{t('lane.progress', { released, count: text.length })}</small>
      </p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys choose words of the text, as a pointer does */}
      <div
        className="held-text"
        ref={box}
        data-lane={hold.lane}
        dir="auto"
        role="region"
        tabIndex={0}
        aria-label={t('lane.text')}
        aria-describedby={keys}
        onKeyDown={onKeyDown}
      >
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
      <small id={keys}>{t('lane.keys')}</small>
      {/* A press on a button would take the selection away before it counts. */}
      <div className="held-tools" onMouseDown={event => event.preventDefault()} role="presentation">
        <button onClick={() => range && void mask.run(range)} disabled={!range || mask.isBusy} title={t('lane.maskHint')}>
          {t('lane.mask')}
        </button>
        {range && (
          <button onClick={() => void release.run(range.start)} disabled={range.start <= released || release.isBusy}>
            {t('lane.releaseTo')}
          </button>
        )}
        <button onClick={() => void release.run()} disabled={length === 0 || release.isBusy}>
          {t('lane.release')}
        </button>
      </div>
      {/* A lane that is gone was released or stopped, and the run says so. */}
      <Problem text={mask.error ?? release.error ?? (refusal?.code === ErrorCodes.notFound ? undefined : refusal?.message)} />
    </section>
  );
}
