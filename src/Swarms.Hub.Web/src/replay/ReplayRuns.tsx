import { memo, useEffect, useLayoutEffect, useState } from 'react';
import { isEnding, type Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { FormattedText, type GrowingText } from '../markdown/FormattedText';
import { withMasks } from '../runs/lanes/masks';
import { runErrorInWords, runName, runStateInWords } from '../runs/runWords';
import { useFollow } from '../shared/useFollow';
import type { Playing } from './ReplayPlayer';
import type { RoomTape } from './RoomTape';

interface ReplayRunsProps {
  readonly room: Playing['room'];
  readonly names: ReadonlyMap<string, string>;
  readonly tape: RoomTape;
  /** The run that is replayed alone; undefined for all. */
  readonly only: string | undefined;
  /** The run of the event that was last. */
  readonly now: string | undefined;
  readonly isPlaying: boolean;
  readonly at: number;
}

/** The runs as they were. Proposals stand last, as in the room. */
export function ReplayRuns({ room, names, tape, only, now, isPlaying, at }: ReplayRunsProps) {
  const { t } = useLanguage();
  const { box, content } = useFollow();
  useEffect(() => {
    // A step brings what changed into sight. While it plays, the list follows its end.
    if (isPlaying || now === undefined) return;

    box.current?.dispatchEvent(new Event('leavefollowing'));
    box.current?.querySelector(`[data-run="${CSS.escape(now)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [box, now, at, isPlaying]);
  const runs = room.runs.filter(run => only === undefined || run.id === only);
  const shown = [...runs.filter(run => run.state !== 'proposed'), ...runs.filter(run => run.state === 'proposed')];
  return (
    <div className="replay-runs" ref={box} tabIndex={0} role="region" aria-label={t('runs.title')}>
      <div className="replay-content" ref={content}>
        <h2 className="sr-only">{t('runs.title')}</h2>
        {shown.length === 0 && <p className="hint">{t('replay.noRuns')}</p>}
        {shown.map(run => (
          <ReplayRun
            key={run.id}
            run={run}
            by={names.get(run.by ?? '')}
            task={taskOf(run, room, tape, at)}
            isHidden={tape.hidden.has(run.id)}
            isRemoved={tape.removed.has(run.id)}
            isNow={run.id === now}
            isPlaying={isPlaying}
          />
        ))}
      </div>
    </div>
  );
}

/** The task; where the run answers a message, that message as it may be shown. */
function taskOf(run: Run, { messages }: Playing['room'], tape: RoomTape, at: number): string {
  if (run.task !== '' || run.message === undefined) return run.task;
  if (at < (tape.shownFrom.get(run.message) ?? 0)) return '';

  return messages.find(message => message.sequence === run.message)?.text ?? '';
}

interface ReplayRunProps {
  readonly run: Run;
  readonly by: string | undefined;
  readonly task: string;
  readonly isHidden: boolean;
  readonly isRemoved: boolean;
  readonly isNow: boolean;
  readonly isPlaying: boolean;
}

const ReplayRun = memo(function ReplayRun({ run, by, task, isHidden, isRemoved, isNow, isPlaying }: ReplayRunProps) {
  const language = useLanguage();
  const { t, dateAndTime } = language;
  const isGone = isHidden || isRemoved;
  const isGrowing = isPlaying && run.state === 'running';
  return (
    <article
      className="run"
      data-run={run.id}
      data-state={run.state}
      data-now={isNow}
      aria-label={t('run.label', { task: isGone ? t('run.taskGone') : task })}
    >
      <header>
        <div className="run-title">
          <h3>
            <bdi>{isRemoved ? t('replay.removedRun') : runName(t, run)}</bdi>
          </h3>
          {run.agent.model !== null && !isGone && <bdi className="model">{run.agent.model}</bdi>}
          <span className="state" data-state={run.state}>
            {runStateInWords(language, run)}
          </span>
        </div>
      </header>
      {isGone ? (
        <p className="hint">{t(isRemoved ? 'replay.runRemoved' : 'replay.runHidden')}</p>
      ) : (
        <>
          <div className="task">
            <span className="who">
              <bdi>{by ?? t('people.somebody')}</bdi> · {dateAndTime(run.queuedAt)}
            </span>
            <p>{task === '' && run.message !== undefined ? t('run.answersMessage') : task}</p>
          </div>
          <RunTexts run={run} isGrowing={isGrowing} />
          {run.reactions && (
            <p className="replay-reactions">
              {run.reactions.map(({ emoji, by }, index) => (
                <span key={index}>
                  {emoji} {by.length}
                </span>
              ))}
            </p>
          )}
          {run.error && <p className="problem">{runErrorInWords(t, run.error)}</p>}
        </>
      )}
    </article>
  );
});

function RunTexts({ run, isGrowing }: { run: Run; isGrowing: boolean }) {
  const { t } = useLanguage();
  if (run.text === undefined) return <p className="hint">{t('replay.oldText')}</p>;

  if (run.parts) {
    return (
      <div className="parts">
        {run.parts.map(part => (
          <section key={part.agent ?? ''} aria-label={part.agent ?? t('run.nameless')}>
            {part.agent !== null && (
              <h4>
                <bdi>{part.agent}</bdi>
              </h4>
            )}
            <Text text={part.text} isGrowing={isGrowing} />
          </section>
        ))}
      </div>
    );
  }

  return run.text === '' && !run.masks && isEnding(run.state) ? null : <Text text={withMasks(run.text, run.masks)} isGrowing={isGrowing} />;
}

/** A text that grows, and shrinks where somebody goes back. */
function Text({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const [held] = useState(() => new HeldText(text));
  useLayoutEffect(() => held.set(text), [held, text]);
  return (
    <div className="text">
      <FormattedText text={held} form="run" isGrowing={isGrowing} />
    </div>
  );
}

class HeldText implements GrowingText {
  readonly #listeners = new Set<() => void>();
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get(): string {
    return this.#text;
  }

  set(text: string): void {
    if (text === this.#text) return;

    this.#text = text;
    for (const listener of this.#listeners) listener();
  }

  subscribe(onGrow: () => void): () => void {
    this.#listeners.add(onGrow);
    return () => this.#listeners.delete(onGrow);
  }
}
