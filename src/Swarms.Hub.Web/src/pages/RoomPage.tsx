import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { ErrorCodes, type HubClientError, type RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { JoinForm } from '../people/JoinForm';
import { Concerns } from '../concerns/Concerns';
import { useConcerns } from '../concerns/useConcerns';
import { BudgetNotices } from '../money/BudgetNotices';
import { Announcements } from '../room/Announcements';
import { Foot } from '../room/Foot';
import { writeMessage, writeTask } from '../room/footKind';
import { JoinCorner } from '../room/wall/JoinCorner';
import type { Missed } from '../room/Loss';
import { MissedNotice } from '../room/MissedNotice';
import { OpenedRoomContext, useOpening } from '../room/OpenedRoom';
import { RoomDialogs, type RoomDialog } from '../room/RoomDialogs';
import { RoomHeader } from '../room/RoomHeader';
import { rulesFor } from '../room/rules';
import { SideColumn } from '../room/SideColumn';
import { watchCopies } from '../markdown/copyShown';
import { loadReaders } from '../markdown/FormattedText';
import { hostsHere } from '../room/turns/hostsHere';
import { PresentingContext } from '../room/wall/presenting';
import { TurnsLine } from '../room/turns/TurnsLine';
import { HostsToAskContext } from '../shared/hostsToAsk';
import { SkipLinks } from '../room/SkipLinks';
import { usePlaceOfMessages } from '../room/usePlaceOfMessages';
import { usePresentation } from '../room/wall/usePresentation';
import { useMissed } from '../room/useMissed';
import { useRoomKeys } from '../room/keys/useRoomKeys';
import { useRoomView, type RoomViewModel } from '../room/useRoomView';
import { useTitle, useUnread } from '../room/useUnread';
import { useMoment } from '../replay/moment';
import { Runs } from '../runs/Runs';
import { rememberRoom } from '../shared/visited';
import { Page } from './Page';
import './RoomPage.css';

const Replay = lazy(() => import('../replay/Replay'));

export function RoomPage({ roomId }: { roomId: string }) {
  const { client, view } = useRoomView(roomId);
  const opened = useOpening(client);
  const { missed, dismiss } = useMissed(client);
  const moment = useMoment();
  const name = view.room?.name;
  const memberId = view.me?.id;
  useEffect(() => watchCopies(), []);
  useEffect(() => {
    // Without it a text is shown as it was written, and the next text tries again.
    loadReaders().catch(() => undefined);
  }, []);
  useEffect(() => {
    if (name !== undefined) rememberRoom(roomId, name, memberId);
  }, [roomId, name, memberId]);

  if (view.connectionState === 'ended') return <NoAccess refusal={view.refusal} wasIn={view.room !== undefined} />;

  if (!view.room) return <Opening isOffline={view.connectionState === 'offline'} />;

  if (moment) {
    return (
      <Suspense fallback={<Opening isOffline={false} />}>
        <Replay client={client} view={view} moment={moment} />
      </Suspense>
    );
  }

  return (
    <OpenedRoomContext value={opened}>
      <HostsToAskContext value={hostsHere(view)}>
        <OpenRoom client={client} view={view} missed={missed} onDismiss={dismiss} />
      </HostsToAskContext>
    </OpenedRoomContext>
  );
}

interface OpenRoomProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly missed: Missed | undefined;
  readonly onDismiss: () => void;
}

function OpenRoom({ client, view, missed, onDismiss }: OpenRoomProps) {
  const { t } = useLanguage();
  const [shown, setShown] = useState<'runs' | 'people'>('runs');
  const [dialog, setDialog] = useState<RoomDialog>();
  const presentation = usePresentation();
  const unread = useUnread(view);
  const concerns = useConcerns(client, view, setShown);
  useTitle(view.room?.name, concerns.all.length);
  const isWithin = usePlaceOfMessages() === 'within';
  const showTask = useCallback(() => {
    flushSync(() => setShown('runs'));
    writeTask();
  }, []);
  const showMessages = useCallback(() => {
    flushSync(() => setShown('runs'));
    writeMessage();
  }, []);
  useRoomKeys({ open: setDialog, present: presentation.toggle, showTask, showMessages });

  const { canStart, seesMoney } = rulesFor(view.room, view.me);
  return (
    <div className="room-frame">
      <div className="room" data-shown={shown} data-live={view.lostAt === undefined}>
        <SkipLinks onRuns={() => setShown('runs')} onTask={canStart ? showTask : undefined} onMessages={showMessages} />
        <RoomHeader
          client={client}
          view={view}
          shown={shown}
          onShow={setShown}
          unread={unread}
          onOpen={setDialog}
          onPresent={presentation.toggle}
        />
        <main>
          {presentation.isOn && (
            <h1 className="sr-only">
              <bdi>{view.room?.name}</bdi>
            </h1>
          )}
          <div className="stage">
            {!view.isStorageAvailable && (
              <p className="notice" role="alert">
                {t('room.diskFails')}
              </p>
            )}
            {missed && !presentation.isOn && <MissedNotice missed={missed} onDismiss={onDismiss} onMessages={showMessages} />}
            {!presentation.isOn && <BudgetNotices view={view} onShow={seesMoney ? () => setDialog('spending') : undefined} />}
            <h2 className="sr-only">{t('runs.title')}</h2>
            <PresentingContext value={presentation.isOn}>
              <Runs client={client} view={view} hasTalk={isWithin && !presentation.isOn} />
            </PresentingContext>
            {!presentation.isOn && <Foot client={client} view={view} isWithin={isWithin} />}
            {!presentation.isOn && <TurnsLine client={client} view={view} onRights={() => setDialog('rights')} />}
          </div>
          <SideColumn client={client} view={view} hasMessages={!isWithin} />
        </main>
        {!presentation.isOn && <Concerns concerns={concerns} names={view.names} />}
        <Announcements view={view} />
        {presentation.isOn && view.me?.role === 'host' && <JoinCorner client={client} room={view.room?.name ?? ''} />}
        {presentation.isOn && (
          <button className="name-authors" aria-pressed={presentation.isNaming} onClick={presentation.toggleNames}>
            {t('present.names')}
          </button>
        )}
        {presentation.isOn && (
          <button
            className="leave-presentation"
            aria-label={t('room.leavePresentation')}
            title={t('room.leavePresentation')}
            onClick={presentation.toggle}
          >
            {t('room.leaveSign')}
          </button>
        )}
        <RoomDialogs open={dialog} onClose={() => setDialog(undefined)} client={client} view={view} />
      </div>
    </div>
  );
}

function Opening({ isOffline }: { isOffline: boolean }) {
  const { t } = useLanguage();
  return (
    <Page className="narrow">
      <p className="hint" role="status">
        {t(isOffline ? 'room.unreachable' : 'room.opening')}
      </p>
    </Page>
  );
}

function NoAccess({ refusal, wasIn }: { refusal: HubClientError | undefined; wasIn: boolean }) {
  const { t } = useLanguage();
  return (
    <Page className="narrow">
      <section className="card">
        <h1>{t(wasIn ? 'room.removed' : 'room.notIn')}</h1>
        <p>
          {t(refusal?.code === ErrorCodes.notFound ? 'room.notFound' : wasIn ? 'room.placeGone' : 'room.notAdmitted')} {t('room.joinHint')}
        </p>
        <JoinForm />
      </section>
    </Page>
  );
}
