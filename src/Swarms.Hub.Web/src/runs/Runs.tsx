import { useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { isEnding, type RoomClient, type Run, type RunGroup } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { useStreamTalk } from '../messages/useStreamTalk';
import { usePresenting } from '../room/wall/presenting';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { Problem } from '../shared/Problem';
import { useFollow } from '../shared/useFollow';
import { ProposalTools } from './proposals/ProposalTools';
import { Race, Vote } from './races/Race';
import { RunCard } from './RunCard';
import { RunSlot } from './RunSlot';
import { RunStrip } from './RunStrip';
import { moderatorOf } from './runWords';
import { Starters } from './starters/Starters';
import { placesOf } from './threads/threads';
import { useThreadActions } from './threads/useThreadActions';
import { useEarlierRuns } from './useEarlierRuns';
import { useNewWords } from './useNewWords';
import './Runs.css';

interface RunsProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  /** Whether the messages stand between the runs. */
  readonly hasTalk: boolean;
}

/** The runs of the room, oldest first. Earlier ones than the room's state holds are loaded as one scrolls back. */
export function Runs({ client, view, hasTalk }: RunsProps) {
  const { t } = useLanguage();
  const { box, content, isFollowing, toEnd } = useFollow();
  const newWords = useNewWords(client, view.runs, isFollowing);
  const earlier = useEarlierRuns(client, view.runs);
  const earliest = earlier.hasMore ? (earlier.runs[0] ?? view.runs[0])?.queuedAt : undefined;
  const talk = useStreamTalk(client, view, hasTalk, box, isFollowing, earliest);
  useKeptPlace(box, earlier.runs);
  useOwnWords(view, hasTalk, toEnd);
  const { names, lostAt } = view;
  // A wall shows what everybody may see: no commands, costs or held texts of its host.
  const me = usePresenting() ? undefined : view.me;
  const rules = rulesFor(view.room, me);
  const proposals = view.runs.filter(run => run.state === 'proposed').sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0));
  const { onContinue, onEdit } = useThreadActions(client);
  const all = useMemo(() => [...earlier.runs, ...view.runs], [earlier.runs, view.runs]);
  const held = useMemo(() => new Set(view.runs.map(run => run.id)), [view.runs]);
  const places = useMemo(() => placesOf(all), [all]);
  const before = ({ thread }: Run) => {
    const found = thread?.continues === undefined ? undefined : all.find(run => run.id === thread.continues);
    return found && (found.task === '' || found.hiddenAt !== undefined ? t('thread.earlierRun') : found.task);
  };
  const canCancel = (run: Run) => me?.role === 'host' || (me !== undefined && run.by === me.id);
  const groupOf = (run: Run) => view.groups.find(({ id }) => id === run.group?.id);
  const voteOf = (run: Run) => {
    const group = groupOf(run);
    return group && <Vote run={run} group={group} client={client} me={me} canVote={rules.canVote} />;
  };
  const race = (first: Run, group: RunGroup) => {
    const runs = view.runs.filter(run => run.group?.id === group.id).sort((one, other) => one.group!.number - other.group!.number);
    return (
      runs[0]?.id === first.id && (
        <Race
          key={group.id}
          group={group}
          runs={runs}
          client={client}
          me={me}
          by={names.get(group.by ?? '')}
          revealedBy={names.get(group.revealedBy ?? '')}
          canReveal={rules.canDecide}
          card={run => card(run, true)}
        />
      )
    );
  };
  const card = (run: Run, isOfRoom: boolean) => (
    <RunSlot key={run.id} id={run.id} isPinned={!isEnding(run.state) || run.group !== undefined}>
      <RunCard
        run={run}
        client={client}
        by={run.by === undefined ? undefined : names.get(run.by)}
        endedBy={names.get(run.cancelledBy ?? run.declinedBy ?? '')}
        approvedBy={names.get(run.approvedBy ?? '')}
        proposal={
          run.state === 'proposed' && (
            <ProposalTools
              run={run}
              client={client}
              me={me}
              proposals={proposals}
              canDecide={rules.canDecide}
              canDecline={rules.canDecline}
              canSupport={rules.canSupport}
            />
          )
        }
        vote={voteOf(run)}
        isOwn={me !== undefined && run.by === me.id}
        canReact={rules.canTalk}
        canUnreact={rules.canUnreact}
        onContinue={rules.canStart ? onContinue : undefined}
        onEdit={rules.canStart ? onEdit : undefined}
        canRepeat={view.agents.some(agent => agent.id === run.agent.id)}
        siblings={places.get(run.id)?.siblings.join(' ')}
        standing={places.get(run.id)?.standing}
        before={before(run)}
        canCancel={canCancel(run)}
        me={me}
        seesMoney={rules.seesMoney}
        moderator={moderatorOf(run, names)}
        isOfRoom={isOfRoom}
        lostAt={isEnding(run.state) ? undefined : lostAt}
      />
    </RunSlot>
  );
  return (
    <>
      <RunStrip runs={view.runs} client={client} canCancel={canCancel} lostAt={lostAt} />
      <div className="runs-frame">
        <div
          className="runs"
          data-following={isFollowing}
          data-talk={hasTalk || undefined}
          ref={box}
          tabIndex={0}
          role="region"
          aria-label={t('runs.title')}
        >
          <div className="runs-content" ref={content} data-has-race={view.groups.length > 0}>
            {view.runs.length === 0 && !(hasTalk && view.messages.length > 0) && (
              <div className="empty">
                <h2>{t('runs.none')}</h2>
                <p>{t('runs.noneHint')}</p>
                {rules.canStart && <Starters client={client} view={view} />}
              </div>
            )}
            {earlier.hasMore && <Earlier onNear={earlier.load} isLoading={earlier.isLoading} error={earlier.error} />}
            {talk.weave(
              all.filter(run => run.state !== 'proposed'),
              run => {
                const group = groupOf(run);
                return group ? race(run, group) : card(run, held.has(run.id));
              },
            )}
            {talk.error !== undefined && <Problem text={talk.error} />}
            {proposals.length > 0 && <h2 className="proposals-title">{t('proposal.title', { count: proposals.length })}</h2>}
            {proposals.map(run => card(run, true))}
          </div>
        </div>
        {!isFollowing && (
          <button className="to-end" onClick={toEnd}>
            {[
              ...(talk.unseen > 0 ? [t('messages.newBelow', { count: talk.unseen })] : []),
              ...(newWords > 0 || talk.unseen === 0 ? [newWords === 0 ? t('runs.toEnd') : t('runs.newWords', { count: newWords })] : []),
            ].join(' · ')}
          </button>
        )}
      </div>
    </>
  );
}

/** Loads the page before as it comes near the window. */
function Earlier({ onNear, isLoading, error }: { onNear: () => void; isLoading: boolean; error: string | undefined }) {
  const { t } = useLanguage();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || isLoading || error !== undefined) return;

    const observer = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && onNear(), {
      root: mark.current.closest('.runs'),
      rootMargin: '100% 0px 0px',
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [onNear, isLoading, error]);
  return (
    <div className="earlier" ref={mark}>
      <button className="quiet" onClick={onNear} disabled={isLoading}>
        {t(isLoading ? 'runs.loadingEarlier' : 'runs.earlier')}
      </button>
      <Problem text={error} />
    </div>
  );
}

/** Keeps the text that is read in its place when earlier runs come in above it. */
function useKeptPlace(box: RefObject<HTMLDivElement | null>, earlier: readonly Run[]): void {
  const before = useRef({ count: 0, height: 0 });
  useLayoutEffect(() => {
    const scroller = box.current;
    if (!scroller) return;

    // A browser with a scroll anchor keeps the place itself. At the very top it has none.
    if (earlier.length > before.current.count && scroller.scrollTop === 0)
      scroller.scrollBy(0, scroller.scrollHeight - before.current.height);
    before.current = { count: earlier.length, height: scroller.scrollHeight };
  }, [box, earlier]);
}

/** Brings a run that one has just started, and a message that one has just written, into view, wherever one was. */
function useOwnWords({ runs, messages, me }: RoomViewModel, hasTalk: boolean, toEnd: () => void): void {
  const ownRun = me && runs.findLast(run => run.by === me.id && !isEnding(run.state))?.id;
  const ownMessage = me && messages.findLast(message => message.by === me.id)?.sequence;
  useNewer(ownRun, '', toEnd);
  useNewer(ownMessage, 0, () => hasTalk && toEnd());
}

/** Calls `onNewer` when the value grows, but not for the one that is there at first. */
function useNewer<T extends string | number>(value: T | undefined, none: T, onNewer: () => void): void {
  const newest = useRef<T>(undefined);
  const call = useRef(onNewer);
  useEffect(() => {
    call.current = onNewer;
  });
  useEffect(() => {
    const isNew = value !== undefined && newest.current !== undefined && value > newest.current;
    newest.current = value ?? newest.current ?? none;
    if (isNew) call.current();
  }, [value, none]);
}
