import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Page } from '../pages/Page';
import type { RoomViewModel } from '../room/useRoomView';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { linkTo, type Moment } from './address';
import { keepMoment, showMoment } from './moment';
import { ReplayBar } from './ReplayBar';
import { ReplayMessages } from './ReplayMessages';
import { ReplayPlayer, type Playing } from './ReplayPlayer';
import { ReplayRuns } from './ReplayRuns';
import { RoomTape } from './RoomTape';
import { useReplayKeys } from './useReplayKeys';
import './Replay.css';

interface ReplayProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly moment: Moment;
}

/** The room as it was, from its log. Its connection goes on: what is taken back meanwhile goes from here too. */
export default function Replay({ client, view, moment }: ReplayProps) {
  const { t } = useLanguage();
  const room = view.room!;
  const [tape] = useState(() => new RoomTape(client, room));
  const [count, setCount] = useState(0);
  const [isRead, setRead] = useState(false);
  const [, setTakenBack] = useState(0);
  const read = useAction(
    useCallback(
      async (signal: AbortSignal) => {
        await tape.read(setCount, signal);
        setRead(!signal.aborted);
      },
      [tape],
    ),
  );
  const { run: start } = read;
  useEffect(() => {
    const reading = new AbortController();
    const stop = client.onEvent(event => {
      tape.learn(event);
      if (event.run === undefined) setTakenBack(times => times + 1);
    });
    void start(reading.signal);
    return () => {
      stop();
      reading.abort();
    };
  }, [client, tape, start]);

  if (!isRead) {
    return (
      <Page className="narrow">
        <section className="card" aria-busy={read.isBusy}>
          <h1>{t('replay.title')}</h1>
          <p role="status">{t('replay.reading', { count })}</p>
          <Problem text={read.error} />
          <button onClick={() => showMoment(undefined)}>{t('replay.back')}</button>
        </section>
      </Page>
    );
  }

  return <ReadReplay key={`${moment.at} ${moment.run}`} client={client} tape={tape} moment={moment} />;
}

function ReadReplay({ client, tape, moment }: { client: RoomClient; tape: RoomTape; moment: Moment }) {
  const player = useMemo(() => new ReplayPlayer(tape, moment.run), [tape, moment.run]);
  const playing = useSyncExternalStore(player.subscribe, player.get);
  const seek = useAction(useCallback(() => player.seek(moment.at), [player, moment.at]));
  const { run: start } = seek;
  useEffect(() => {
    void start();
    return () => player.pause();
  }, [player, start]);
  useFrames(player, playing?.isPlaying ?? false);
  useReplayKeys(player);
  useEffect(() => {
    if (playing && !playing.isPlaying) keepMoment({ at: playing.at, run: moment.run });
  }, [playing, moment.run]);
  if (!playing) return <Problem text={seek.error} />;

  return <Shown client={client} tape={tape} player={player} playing={playing} run={moment.run} />;
}

interface ShownProps {
  readonly client: RoomClient;
  readonly tape: RoomTape;
  readonly player: ReplayPlayer;
  readonly playing: Playing;
  readonly run: string | undefined;
}

function Shown({ client, tape, player, playing, run }: ShownProps) {
  const { t, code } = useLanguage();
  const clock = useMemo(() => new Intl.DateTimeFormat(code, { dateStyle: 'medium', timeStyle: 'medium' }), [code]);
  const { room, at } = playing;
  const names = useMemo(
    () => new Map([...room.formerMembers, ...room.members].map(({ id, name }) => [id, name])),
    [room.formerMembers, room.members],
  );
  return (
    <div className="room-frame">
      <div className="replay">
        <header className="replay-header">
          <h1>
            <small>{t(run === undefined ? 'replay.title' : 'replay.titleOfRun')}</small> <bdi>{room.room.name}</bdi>
          </h1>
          <time dateTime={new Date(playing.time).toISOString()}>{clock.format(playing.time)}</time>
          <button onClick={() => showMoment(undefined)}>{t('replay.back')}</button>
        </header>
        <main>
          <ReplayRuns
            room={room}
            names={names}
            tape={tape}
            only={run}
            now={tape.index.runs[at - 1]}
            isPlaying={playing.isPlaying}
            at={at}
          />
          <ReplayMessages room={room} names={names} tape={tape} at={at} />
        </main>
        <ReplayBar player={player} playing={playing} tape={tape} link={linkTo(client.id, { at, run })} />
      </div>
    </div>
  );
}

function useFrames(player: ReplayPlayer, isPlaying: boolean): void {
  useEffect(() => {
    if (!isPlaying) return;

    let frame = requestAnimationFrame(function tick(now) {
      player.tick(now);
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [player, isPlaying]);
}
