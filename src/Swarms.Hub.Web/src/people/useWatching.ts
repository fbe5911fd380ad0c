import { useEffect, useState } from 'react';
import { HubClientError, type MemberWatching, type RoomClient } from 'swarms-hub-client';

const nobody: ReadonlyMap<string, MemberWatching> = new Map();

/** How each member follows the room, as the hub tells its hosts. Empty for everybody else, and while the connection is lost. */
export function useWatching(client: RoomClient, isTold: boolean): ReadonlyMap<string, MemberWatching> {
  const [watching, setWatching] = useState(nobody);
  useEffect(() => {
    if (!isTold) return;

    let isOver = false;
    const take = (members: readonly MemberWatching[]) => {
      if (!isOver) setWatching(before => new Map([...before, ...members.map(member => [member.id, member] as const)]));
    };
    const stop = client.onWatching(({ members }) => take(members));
    client.getWatching().then(
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
  }, [client, isTold]);
  return watching;
}
