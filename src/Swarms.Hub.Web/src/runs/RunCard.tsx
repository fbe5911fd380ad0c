import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { isEnding, type Member, type RoomClient, type Run, RunReasons } from 'swarms-hub-client';
import { growingText, useIsVerified } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { announce } from '../room/announce';
import { useOpenedRoom } from '../room/OpenedRoom';
import { Problem } from '../shared/Problem';
import { printElement } from '../shared/printing';
import { Toolbar } from '../shared/controls/Toolbar';
import { useAction } from '../shared/useAction';
import { ReadAloud } from './ReadAloud';
import { HeldText } from './lanes/HeldText';
import { ModelLines } from './models/ModelLines';
import { PassageReactions, PassageTools } from './passages/PassageTools';
import { RunFigures } from './RunFigures';
import { RunMenu } from './RunMenu';
import { RunText } from './RunText';
import { RunThreadLine } from './threads/RunThreadLine';
import { RunTools } from './RunTools';
import { runErrorInWords, runName, runStateInWords } from './runWords';
import { useKept } from './useKept';
import { useNow } from './useNow';
import { useTask, type Task } from './useTask';
import './RunCard.css';

interface RunCardProps {
  readonly run: Run;
  readonly client: RoomClient;
  /** The name of the member who started it, if that member is still in the room. */
  readonly by: string | undefined;
  readonly canCancel: boolean;
  /** The name of the member who cancelled it, or of the host who declined it. */
  readonly endedBy?: string | undefined;
  /** The name of the host who approved it. */
  readonly approvedBy?: string | undefined;
  readonly me: Member | undefined;
  /** Whether the person at this page may see costs. */
  readonly seesMoney: boolean;
  /** The name of the host who hid or removed it. */
  readonly moderator?: string | undefined;
  /** Whether the person at this page started it. */
  readonly isOwn?: boolean;
  /** Whether the person at this page may quote its text and react to it. */
  readonly canReact?: boolean;
  readonly canUnreact?: boolean;
  /** The decision about it, while it is a proposal. */
  readonly proposal?: ReactNode;
  /** The vote for it, in a group. */
  readonly vote?: ReactNode;
  /** Lets the composer's next run continue it, for those who may start runs. */
  readonly onContinue?: ((run: Run) => void) | undefined;
  /** Puts its task back into the composer, whose next run stands in its place. */
  readonly onEdit?: ((run: Run) => void) | undefined;
  /** Whether the agent that it names is still one of the room, so that the hub can start it again. */
  readonly canRepeat?: boolean;
  /** The ids of the runs beside it in its thread, with spaces between them. */
  readonly siblings?: string;
  /** The id of the run that stands in its place, or its own. */
  readonly standing?: string;
  /** The task of the run that it continues; undefined where that run is not on this page. */
  readonly before?: string | undefined;
  /** Whether the room's state holds it, and so its text as it grows. */
  readonly isOfRoom?: boolean;
  /** When the connection was lost; undefined while it is live. */
  readonly lostAt?: number | undefined;
}

export const RunCard = memo(function RunCard(props: RunCardProps) {
  const { run, client, by, endedBy, approvedBy, canCancel, isOwn = false, proposal, vote, onContinue, onEdit, isOfRoom = false } = props;
  const {
    canReact = false,
    canUnreact = false,
    lostAt,
    me,
    seesMoney,
    moderator,
    canRepeat = false,
    siblings = '',
    standing = '',
    before,
  } = props;
  const language = useLanguage();
  const { t } = language;
  const isOver = isEnding(run.state);
  const isShown = run.hiddenAt === undefined && run.removedAt === undefined;
  const isAnswered = run.state !== 'proposed' && run.state !== 'declined';
  const card = useRef<HTMLElement>(null);
  const cancel = useAction(() => client.cancelRun(run.id));
  const repeat = useAction(() => client.retryRun(run.id));
  const onRetry = onEdit && (() => (canRepeat ? void repeat.run() : onEdit(run)));
  const moderate = useAction((how: 'hide' | 'show' | 'remove') =>
    how === 'hide' ? client.hideRun(run.id) : how === 'show' ? client.showRun(run.id) : client.removeRun(run.id),
  );
  const onModerate = (how: 'hide' | 'show' | 'remove') => {
    if (how !== 'remove' || confirm(t('run.confirmRemove'))) void moderate.run(how);
  };
  const [isPlain, setPlain] = useKept(`${run.id} plain`, false);
  const [isCollapsed, setCollapsed] = useKept(`${run.id} collapsed`, false);
  const task = useTask(run, client);
  const isVerified = useIsVerified(client, run.id);
  const isLost = lostAt !== undefined && !isOver;
  const [isReadAloud, setReadAloud] = useState(false);
  const name = runName(t, run);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || isOver || !canCancel || cancel.isBusy || document.querySelector('[role=menu]')) return;

    // The presentation, for one, does not end by the same key.
    event.preventDefault();
    if (!isOwn && !confirm(t('run.confirmCancel', { agent: name, by: by ?? t('people.somebody') }))) return;

    announce(t('announce.cancelling', { agent: name }));
    void cancel.run();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape stops the run in which the focus is
    <article
      className="run"
      ref={card}
      data-state={run.state}
      data-run={run.id}
      data-lost={isLost}
      aria-label={t('run.label', { task: isShown ? task.shown : t('run.taskGone') })}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header>
        <div className="run-title">
          <h3>
            <bdi>{name}</bdi>
          </h3>
          {run.agent.model !== null && <bdi className="model">{run.agent.model}</bdi>}
          <span className="state" data-state={run.state}>
            {isLost ? t('run.state.lost') : runStateInWords(language, run)}
          </span>
        </div>
        <Toolbar className="run-tools" label={t('run.tools')}>
          {!isOver && canCancel && (run.state !== 'proposed' || isOwn) && (
            <button className="danger" onClick={() => void cancel.run()} disabled={cancel.isBusy}>
              {t(cancel.isBusy ? 'run.cancelling' : run.state === 'proposed' ? 'proposal.withdraw' : 'run.cancel')}
            </button>
          )}
          {onRetry && isShown && (run.state === 'error' || run.state === 'interrupted') && (
            <button onClick={onRetry} disabled={repeat.isBusy}>
              {t('run.retry')}
            </button>
          )}
          {onContinue && isShown && isOver && isAnswered && (
            <button className="quiet" onClick={() => onContinue(run)}>
              {t('thread.continue')}
            </button>
          )}
          {isShown && isAnswered && <RunTools run={run} client={client} isOfRoom={isOfRoom} isPlain={isPlain} onPlain={setPlain} />}
          <button
            className="quiet collapse"
            aria-expanded={!isCollapsed}
            aria-label={t(isCollapsed ? 'run.expand' : 'run.collapse')}
            onClick={() => setCollapsed(!isCollapsed)}
          >
            {isCollapsed ? '▸' : '▾'}
          </button>
          <RunMenu
            run={run}
            client={client}
            isReadAloud={isReadAloud}
            onReadAloud={setReadAloud}
            onRetry={onRetry}
            onEdit={onEdit}
            onPrint={() => printElement(card.current)}
            onModerate={me?.role === 'host' ? onModerate : undefined}
          />
        </Toolbar>
      </header>
      <RunThreadLine run={run} siblings={siblings} standing={standing} before={before} />
      {!isShown && <Moderated run={run} moderator={moderator} />}
      {isReadAloud && isShown && <ReadAloud run={run} client={client} isOfRoom={isOfRoom} />}
      {!isCollapsed && isShown && (
        <>
          <TaskOfRun run={run} task={task} by={by} approvedBy={approvedBy} />
          {proposal}
          <RunBody run={run} client={client} isOver={isOver} isOfRoom={isOfRoom} isPlain={isPlain} />
          <ModelLines run={run} />
          <Hold run={run} client={client} isHost={me?.role === 'host'} />
          {vote}
          {canReact && <PassageTools run={run} client={client} isOfRoom={isOfRoom} card={card} />}
          <PassageReactions run={run} client={client} me={me?.id} canReact={canReact} canUnreact={canUnreact} />
        </>
      )}
      {isLost && <LastWord run={run} />}
      <Ending run={run} by={endedBy} />
      <Problem text={cancel.error ?? repeat.error ?? moderate.error} />
      <footer>
        <RunFigures run={run} lostAt={isOver ? undefined : lostAt} seesMoney={seesMoney} />
        {isVerified === true && isShown && (
          <span className="verified" title={t('run.digest', { digest: run.sha256 ?? '' })}>
            {t('run.same')}
          </span>
        )}
        {isVerified === false && isShown && <span className="mistrusted">{t('run.mistrusted')}</span>}
      </footer>
    </article>
  );
});

/** The text that is held, for hosts; a word about it for everybody else, and about what was masked. */
function Hold({ run, client, isHost }: { run: Run; client: RoomClient; isHost: boolean }) {
  const { t } = useLanguage();
  const masked = (run.masks ?? []).reduce((sum, mask) => sum + mask.length, 0);
  return (
    <>
      {run.hold && run.state === 'running' && isHost && <HeldText client={client} runId={run.id} hold={run.hold} />}
      {run.hold && run.state === 'running' && !isHost && <p className="hint">{t('lane.forOthers')}</p>}
      {masked > 0 && <p className="hint">{t('lane.masked', { count: masked })}</p>}
    </>
  );
}

/** Stands in the place of what a host hid or removed. */
function Moderated({ run, moderator }: { run: Run; moderator: string | undefined }) {
  const { t, time } = useLanguage();
  const name = moderator ?? t('people.somebodyWhoLeft');
  return run.removedAt === undefined ? (
    <p className="hint">{t('run.hiddenBy', { name, time: time(run.hiddenAt ?? '') })}</p>
  ) : (
    <p className="hint">{t('run.removedBy', { name, time: time(run.removedAt) })}</p>
  );
}

interface TaskOfRunProps {
  readonly run: Run;
  readonly task: Task;
  readonly by: string | undefined;
  readonly approvedBy: string | undefined;
}

function TaskOfRun({ run, task, by, approvedBy }: TaskOfRunProps) {
  const { t, time } = useLanguage();
  const isCut = run.taskLength !== undefined;
  return (
    <div className="task">
      <span className="who">
        <bdi>{by ?? t('people.somebody')}</bdi> · {time(run.queuedAt)}
      </span>
      <p>
        {task.shown}
        {isCut && '…'}
      </p>
      {isCut && <small>{t('run.taskGoesOn', { count: run.taskLength })}</small>}
      {run.approvedBy !== undefined && <small>{t('proposal.approvedBy', { name: approvedBy ?? t('people.somebody') })}</small>}
      {run.asked && <small>{t('proposal.asked', { task: run.asked.task === '' ? t('run.answersMessage') : run.asked.task })}</small>}
    </div>
  );
}

interface RunBodyProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOver: boolean;
  readonly isOfRoom: boolean;
  readonly isPlain: boolean;
}

function RunBody({ run, client, isOver, isOfRoom, isPlain }: RunBodyProps) {
  const { t } = useLanguage();
  if (run.text === undefined) return <OlderText run={run} client={client} isPlain={isPlain} />;

  const how = { runId: run.id, isOfRoom, isGrowing: !isOver && run.state === 'running', isPlain };
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
            <RunText {...how} agent={part.agent} text={part.text} />
          </section>
        ))}
      </div>
    );
  }

  return run.text === '' && !run.masks && run.state !== 'running' ? null : <RunText {...how} text={run.text} masks={run.masks} />;
}

/** The room does not hold the texts of old runs: this one is loaded as it comes near the window. */
function OlderText({ run, client, isPlain }: { run: Run; client: RoomClient; isPlain: boolean }) {
  const { t } = useLanguage();
  const [full, setFull] = useState<Run>();
  const load = useAction(useCallback(async () => setFull(await client.getRun(run.id)), [client, run.id]));
  const { run: start } = load;
  useEffect(() => void start(), [start]);
  if (full?.text !== undefined) return <RunBody run={full} client={client} isOver isOfRoom={false} isPlain={isPlain} />;

  return (
    <>
      <button onClick={() => void load.run()} disabled={load.isBusy}>
        {t(load.isBusy ? 'run.loadingText' : 'run.showText')}
      </button>
      <Problem text={load.error} />
    </>
  );
}

function Ending({ run, by }: { run: Run; by: string | undefined }) {
  const { t, time } = useLanguage();
  if (run.error) return <p className="problem">{runErrorInWords(t, run.error)}</p>;

  if (run.state === 'interrupted') {
    const until = run.lastChunkAt;
    return (
      <p className="problem">{until === undefined ? t('run.interruptedUnwritten') : t('run.interruptedUntil', { time: time(until) })}</p>
    );
  }

  if (run.state === 'declined') {
    return (
      <p className="hint">
        {t('proposal.declinedBy', { name: by ?? t('people.somebody') })} {run.reason}
      </p>
    );
  }

  if (run.state !== 'cancelled') return null;

  if (run.reason === RunReasons.memberLeft) return <p className="hint">{t('run.memberLeft')}</p>;

  if (run.reason === RunReasons.memberChanged) return <p className="hint">{t('run.memberChanged')}</p>;

  if (run.reason === RunReasons.noHost) return <p className="hint">{t('run.noHost')}</p>;

  if (run.reason === RunReasons.overBudget) return <p className="hint">{t('run.overBudget')}</p>;

  return <p className="hint">{by === undefined ? t('run.cancelledHint') : t('run.cancelledBy', { name: by })}</p>;
}

/** The connection is lost: what is shown is what was known then. */
function LastWord({ run }: { run: Run }) {
  const { t, duration } = useLanguage();
  const client = useOpenedRoom()?.client;
  const now = useNow(true);
  const at = client && growingText(client, run.id).grownAt;
  return <p className="hint">{at === undefined ? t('run.lost') : t('run.lastWord', { duration: duration(now - at) })}</p>;
}
