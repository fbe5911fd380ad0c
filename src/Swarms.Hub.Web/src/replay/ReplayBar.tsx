import { useCallback, useEffect, useId, useMemo, useRef, useState, type ChangeEvent } from 'react';
import { copyText } from '../markdown/copyText';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { binsOf, countsOf, kindsIn, type Mark, type Step } from './marks';
import { clockOf } from './pace';
import { speeds, type Playing, type ReplayPlayer } from './ReplayPlayer';
import type { RoomTape } from './RoomTape';
import { Scale } from './Scale';

interface ReplayBarProps {
  readonly player: ReplayPlayer;
  readonly playing: Playing;
  readonly tape: RoomTape;
  /** The address of the moment. */
  readonly link: string;
}

const parts = 240;

/** Signs that every font has. The names of the buttons say what they do. */
const signs = { before: '|◂', back: '◂', on: '▸', after: '▸|' };

/** The player: play, pause, step, the scrubber with its marks, the pace, and the link to the moment. */
export function ReplayBar({ player, playing, tape, link }: ReplayBarProps) {
  const { t, number } = useLanguage();
  const { at, place, length, isPlaying, speed, skipsPauses } = playing;
  const seek = useAction(useCallback((move: () => Promise<void>) => move(), []));
  const [copied, setCopied] = useState<string>();
  const play = useRef<HTMLButtonElement>(null);
  const speedId = useId();
  useEffect(() => play.current?.focus(), []);
  const marks = useMemo(() => tape.index.marks.slice(player.first - 1, player.last), [tape, player]);
  const { places } = player;
  const bins = useMemo(() => binsOf(marks, places, length, parts), [marks, places, length]);
  const counts = useMemo(() => countsOf(marks), [marks]);
  const kinds = kindsIn(counts);
  const go = (sequence: number | undefined) => {
    player.pause();
    if (sequence !== undefined) void seek.run(() => player.seek(sequence));
  };
  const next = (kind: Step) => {
    // Behind the last it begins anew.
    go(player.find(1, [kind]) ?? firstOf(player, marks, kind));
  };
  const copy = async () => {
    await copyText(link);
    setCopied(link);
  };
  return (
    <section className="replay-bar" aria-label={t('replay.player')}>
      <div className="replay-scale">
        <Scale bins={bins} kinds={kinds} />
        <input
          type="range"
          min={0}
          max={Math.max(1, length)}
          step={1}
          value={Math.floor(place)}
          aria-label={t('replay.place')}
          aria-valuetext={t('replay.placeText', { place: clockOf(place), length: clockOf(length), at, last: player.last })}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            player.pause();
            void seek.run(() => player.seekPlace(event.target.valueAsNumber));
          }}
        />
      </div>
      <div className="replay-tools">
        <button aria-label={t('replay.markBefore')} title={t('replay.markBefore')} onClick={() => go(player.find(-1))}>
          {signs.before}
        </button>
        <button aria-label={t('replay.stepBack')} title={t('replay.stepBack')} onClick={() => go(at - 1)}>
          {signs.back}
        </button>
        <button
          ref={play}
          className="primary replay-play"
          onClick={() => (isPlaying ? player.pause() : void seek.run(() => player.play()))}
        >
          {t(isPlaying ? 'replay.pause' : 'replay.play')}
        </button>
        <button aria-label={t('replay.stepOn')} title={t('replay.stepOn')} onClick={() => go(at + 1)}>
          {signs.on}
        </button>
        <button aria-label={t('replay.markAfter')} title={t('replay.markAfter')} onClick={() => go(player.find(1))}>
          {signs.after}
        </button>
        <output className="replay-clock">
          {clockOf(place)} / {clockOf(length)}
        </output>
        <label className="replay-speed" htmlFor={speedId}>
          <span className="sr-only">{t('replay.speed')}</span>
          <select id={speedId} value={speed} onChange={event => player.setSpeed(Number(event.target.value))}>
            {speeds.map(value => (
              <option key={value} value={value}>
                {t('replay.times', { speed: value })}
              </option>
            ))}
          </select>
        </label>
        <label className="choice">
          <input type="checkbox" checked={skipsPauses} onChange={event => player.setSkipsPauses(event.target.checked)} />
          {t('replay.skipPauses')}
        </label>
        <button onClick={() => void copy()}>{t(copied === link ? 'copy.copied' : 'replay.link')}</button>
      </div>
      <ul className="replay-legend" aria-label={t('replay.marks')}>
        {kinds.map(kind => (
          <li key={kind}>
            <button
              className="quiet"
              data-mark={kind}
              disabled={counts[kind] === 0}
              onClick={() => next(kind)}
              title={t(`replay.next.${kind}`)}
            >
              {t(`replay.mark.${kind}`)} <small>{number(counts[kind])}</small>
            </button>
          </li>
        ))}
        <li>
          <span data-mark="chunk">
            {t('replay.mark.chunk')} <small>{number(counts.chunk)}</small>
          </span>
        </li>
      </ul>
      <Problem text={seek.error} />
    </section>
  );
}

function firstOf(player: ReplayPlayer, marks: readonly Mark[], kind: Mark): number | undefined {
  const at = marks.indexOf(kind);
  return at < 0 ? undefined : player.first + at;
}
