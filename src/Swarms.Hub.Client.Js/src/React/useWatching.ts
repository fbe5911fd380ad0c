import { useEffect, useState } from 'react';
import { ConnectionState } from '../Feed/ConnectionState.js';
import { HubClientError } from '../HubClientError.js';
import type { MemberWatching } from '../Protocol/Members/MemberWatching.js';
import type { RoomClient } from '../RoomClient.js';
import { useConnection, useMe } from './useRoomState.js';

const nobody: ReadonlyMap<string, MemberWatching> = new Map();

/**
 * How each member follows the room, by member id, as the hub tells its hosts. Empty for everybody else, and while the connection is lost.
 */
export function useWatching(room: RoomClient): ReadonlyMap<string, MemberWatching> {
  const isHost = useMe(room)?.role === 'host';
  const isTold = useConnection(room).state === ConnectionState.live && isHost;
  const [watching, setWatching] = useState(nobody);
  useEffect(() => {
    if (!isTold) return;

    let isOver = false;
    const take = (members: readonly MemberWatching[]) => {
      if (!isOver) setWatching(before => new Map([...before, ...members.map(member => [member.id, member] as const)]));
    };
    const stop = room.onWatching(({ members }) => take(members));
    room.getWatching().then(
      ({ members }) => take(members),
      (error: unknown) => {
        // The hub tells of changes all the same.
        if (!(error instanceof HubClientError)) throw error;
      },
    );
    return () => {
      isOver = true;
      stop();
      setWatching(nobody);
    };
  }, [room, isTold]);
  return watching;
}
