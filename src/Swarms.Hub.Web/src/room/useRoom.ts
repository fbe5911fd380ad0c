import { useEffect, useMemo, useState } from 'react';
import {
  HubClientError,
  type ConnectionState,
  type Member,
  type Message,
  type Room,
  type RoomClient,
  type RoomPresence,
  type Run,
} from 'swarms-hub-client';
import { hub } from '../shared/hub';
import { findVisited } from '../shared/visited';

/** The room as the page shows it. Unchanged parts keep their identity, so React draws only the changed ones again. */
export interface RoomViewModel {
  readonly room: Room | undefined;
  readonly me: Member | undefined;
  readonly members: readonly Member[];
  readonly runs: readonly Run[];
  readonly messages: readonly Message[];
  readonly presence: RoomPresence | undefined;
  readonly connectionState: ConnectionState;
  readonly isStorageAvailable: boolean;
  readonly refusal: HubClientError | undefined;
}

const nothing: RoomViewModel = {
  room: undefined,
  me: undefined,
  members: [],
  runs: [],
  messages: [],
  presence: undefined,
  connectionState: 'catchingUp',
  isStorageAvailable: true,
  refusal: undefined,
};

/** Watches a room. The page is drawn at most once for each frame of the screen, however many events come. */
export function useRoom(roomId: string): { client: RoomClient; view: RoomViewModel } {
  const client = useMemo(() => hub.openRoom(roomId), [roomId]);
  const [view, setView] = useState(nothing);

  useEffect(() => {
    let frame = 0;
    let me = findVisited(roomId)?.memberId;
    let refusal: HubClientError | undefined;
    let isCurrent = true;

    const draw = () => {
      frame = 0;
      const { state } = client;
      setView({
        room: state?.room,
        me: state?.findMember(me),
        members: state?.members ?? [],
        runs: state?.runs ?? [],
        messages: state?.messages ?? [],
        presence: client.presence,
        connectionState: refusal ? 'ended' : client.connectionState,
        isStorageAvailable: client.isStorageAvailable,
        refusal,
      });
    };
    const drawSoon = () => {
      if (frame === 0 && isCurrent) frame = requestAnimationFrame(draw);
    };
    const stopListening = client.onUpdate(update => {
      if (update.kind === 'connectionState' && update.connectionState === 'ended') refusal = update.error;
      if (update.kind === 'snapshot' && !client.state?.findMember(me)) void identify();
      drawSoon();
    });

    const identify = async () => {
      try {
        me = (await client.getMember()).id;
      } catch (error) {
        // After any other error the feed keeps trying to reach the hub, and its first snapshot asks again.
        if (error instanceof HubClientError && error.isFinal) refusal = error;
      }
      drawSoon();
    };
    const open = async () => {
      if (me === undefined) await identify();
      if (isCurrent && !refusal) await client.open();
    };
    open().catch((error: unknown) => {
      // A refusal was shown with the state that came with it.
      if (!(error instanceof HubClientError)) throw error;
    });
    return () => {
      isCurrent = false;
      cancelAnimationFrame(frame);
      stopListening();
      client.close();
    };
  }, [client, roomId]);

  return { client, view };
}
