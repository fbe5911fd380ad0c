import { useCallback, useEffect, useState } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { Loss, type Missed } from './Loss';

/** Returns the news from the time without a connection, until it is dismissed. */
export function useMissed(client: RoomClient): { missed: Missed | undefined; dismiss: () => void } {
  const [missed, setMissed] = useState<Missed>();
  useEffect(() => {
    let wasLive = false;
    let loss: Loss | undefined;
    return client.onConnectionState(state => {
      const now = client.state;
      if (state === 'live') {
        const since = loss;
        if (since && now) setMissed(before => since.missed(now, before));
        wasLive = true;
        loss = undefined;
      } else if (wasLive && now && state !== 'ended') loss ??= new Loss(now);
    });
  }, [client]);
  const dismiss = useCallback(() => setMissed(undefined), []);
  return { missed, dismiss };
}
