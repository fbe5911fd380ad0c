import { Fragment, memo, useEffect, useLayoutEffect, useState } from 'react';
import { isEnding, type Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { FormattedText, type GrowingText } from '../markdown/FormattedText';
import { withMasks } from '../runs/lanes/masks';
import { runErrorInWords, runName, runStateInWords } from '../runs/runWords';
import { useFollow } from '../shared/useFollow';
import { placesIn, votesFor, withoutName } from './groups';
import type { Playing } from './ReplayPlayer';
import { ReplayRace } from './ReplayRace';
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
  const nowGroup = tape.index.groups.get(at);
  useEffect(() => {
    // A step brings what changed into sight. While it plays, the list follows its end.
    const changed = now === undefined ? nowGroup && `[data-race="${CSS.escape(nowGroup)}"]` : `[data-run="${CSS.escape(now)}"]`;
    if (isPlaying || changed === undefined) return;

    box.current?.dispatchEvent(new Event('leavefollowing'));
    box.current?.querySelector(changed)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [box, now, nowGroup, at, isPlaying]);
  const runs = room.runs.filter(run => only === undefined || run.id === only);
  const places = placesIn(runs, only === undefined ? room.groups : []);
  const card = (run: Run, votes?: number) => (
    <ReplayRun
      key={run.id}
      run={run}
      by={names.get(run.by ?? '')}
      task={taskOf(run, room, tape, at)}
      isHidden={tape.hidden.has(run.id)}
      isRemoved={tape.removed.has(run.id)}
      isNow={run.id === now}
      votes={votes}
    />
  );
  return (
    <div className="replay-runs" ref={box} tabIndex={0} role="region" aria-label={t('runs.title')}>
      <div className="replay-content" ref={content} data-has-race={places.some(({ group }) => group !== undefined)}>
        <h2 className="sr-only">{t('runs.title')}</h2>
        {places.length === 0 && <p className="hint">{t('replay.noRuns')}</p>}
        {places.map(({ runs, group }) =>
          group === undefined ? (
            <Fragment key={runs[0]!.id}>{card(runs[0]!)}</Fragment>
          ) : (
            <ReplayRace
              key={group.id}
              group={group}
              runs={runs.map(run => (tape.removed.has(run.id) ? withoutName(run) : run))}
              names={names}
              isNow={nowGroup === group.id}
              card={run =>
                card(
                  runs.find(({ id }) => id === run.id)!,
                  votesFor(run, group),
                )
              }
            />
          ),
        )}
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
  /** The votes for it at that moment; undefined outside of a race, and once it was revealed. */
  readonly votes: number | undefined;
}

const ReplayRun = memo(function ReplayRun({ run, by, task, isHidden, isRemoved, isNow, votes }: ReplayRunProps) {
  const language = useLanguage();
  const { t, dateAndTime } = language;
  const isGone = isHidden || isRemoved;
  // Also while the replay rests: a text is read as whole only once it is.
  const isGrowing = run.state === 'running';
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
          {votes !== undefined && <p className="race-vote hint">{t('race.votes', { count: votes })}</p>}
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
