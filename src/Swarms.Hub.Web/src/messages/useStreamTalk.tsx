import { useEffect, type ReactNode, type RefObject } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import type { RoomViewModel } from '../room/useRoomView';
import { interleave } from './interleave';
import { Talk } from './Talk';
import { useAnnouncedMessages } from './useAnnouncedMessages';
import { useReadMark } from './useReadMark';
import { useTalk } from './useTalk';

interface StreamTalk {
  /** Draws the runs, with the messages between them where these are within the stream. */
  readonly weave: (runs: readonly Run[], draw: (run: Run) => ReactNode) => ReactNode;
  /** The number of messages that the reader, away from the end, has not seen. */
  readonly unseen: number;
  readonly error: string | undefined;
}

/** The messages within the stream of runs. `earliest` is the time of the first run here, where the room has earlier ones. */
export function useStreamTalk(
  client: RoomClient,
  view: RoomViewModel,
  isOn: boolean,
  box: RefObject<HTMLElement | null>,
  isFollowing: boolean,
  earliest: string | undefined,
): StreamTalk {
  const talk = useTalk(client, view);
  const { messages, earlier } = talk;
  const me = view.me?.id;
  const { line, count, unseen } = useReadMark(client, isOn, view.messages, me, box, isFollowing || !isOn);
  useAnnouncedMessages(view, isOn);
  // Messages come as far back as the runs do.
  const { load, isLoading, hasMore, error } = earlier;
  const first = messages[0]?.at;
  const isBehind =
    isOn && hasMore && !isLoading && error === undefined && first !== undefined && earliest !== undefined && first > earliest;
  useEffect(() => {
    if (isBehind) load();
  }, [isBehind, load]);
  if (!isOn) return { weave: (runs, draw) => runs.map(draw), unseen: 0, error: undefined };

  const firstNew = line === undefined ? undefined : messages.find(({ sequence, by }) => sequence > line && by !== me)?.sequence;
  const weave: StreamTalk['weave'] = (runs, draw) => {
    // Those before the first run that is here come with the runs before it.
    const shown = earliest === undefined ? messages : messages.filter(({ at }) => at >= earliest);
    return interleave(runs, shown).map(part =>
      'run' in part ? (
        draw(part.run)
      ) : (
        <Talk key={part.messages[0]!.sequence} messages={part.messages} talk={talk} firstNew={firstNew} newCount={count} />
      ),
    );
  };
  return { weave, unseen, error: talk.error ?? error };
}
