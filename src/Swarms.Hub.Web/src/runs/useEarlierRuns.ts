import { useCallback, useState } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useModeratedRuns } from './useModeratedRuns';
import { useAction } from '../shared/useAction';

const pageSize = 20;

interface EarlierRuns {
  /** Runs that the room's state does not hold, oldest first. */
  readonly runs: readonly Run[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: string | undefined;
  readonly load: () => void;
}

/** Loads the runs before those that the room's state holds, a page at a time. */
export function useEarlierRuns(client: RoomClient, held: readonly Run[]): EarlierRuns {
  const [earlier, setEarlier] = useState<readonly Run[]>([]);
  const [isAtStart, setAtStart] = useState(false);
  const heldIds = new Set(held.map(run => run.id));
  const runs = earlier.filter(run => !heldIds.has(run.id));
  const before = runs[0]?.id ?? held[0]?.id;
  const page = useAction(
    useCallback(async () => {
      if (before === undefined) return;

      const { runs: found, next } = await client.listRuns({ before, limit: pageSize });
      setEarlier(known => {
        const ids = new Set(known.map(run => run.id));
        return [...found.filter(run => !ids.has(run.id)).toReversed(), ...known];
      });
      setAtStart(next === null);
    }, [client, before]),
  );
  const { run: load } = page;
  useModeratedRuns(
    client,
    useCallback(
      (id: string) => {
        // The text of a run that is no more goes at once; what is left of it comes from the hub.
        setEarlier(known => known.map(run => (run.id === id ? { ...run, task: '', text: '' } : run)));
        client.getRun(id).then(
          ({ text, parts, ...now }) => setEarlier(known => known.map(run => (run.id === id ? now : run))),
          () => undefined,
        );
      },
      [client],
    ),
  );
  return {
    runs,
    hasMore: !isAtStart && before !== undefined,
    isLoading: page.isBusy,
    error: page.error,
    load: useCallback(() => void load(), [load]),
  };
}
