import { useEffect } from 'react';
import { EventTypes, type RoomClient } from 'swarms-hub-client';
import { forgetPassages } from './passages/passages';

const changes: readonly string[] = [EventTypes.runHidden, EventTypes.runShown, EventTypes.runRemoved];

/** Tells of each run that a host hides, shows or removes, for lists of runs that the room's state does not hold. */
export function useModeratedRuns(client: RoomClient, onChange: (runId: string) => void): void {
  useEffect(
    () =>
      client.onEvent(({ type, data }) => {
        if (!changes.includes(type) || typeof data.run !== 'string') return;

        forgetPassages(data.run);
        onChange(data.run);
      }),
    [client, onChange],
  );
}
