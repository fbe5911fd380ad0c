import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RoomClient, Run } from 'swarms-hub-client';
import { findSlot, onReveal } from './showRun';
import { useModeratedRuns } from './useModeratedRuns';
import { useAction } from '../shared/useAction';

const pageSize = 20;
/** A way to an earlier run loads all between, in pages as large as the hub gives them, and no more than so many. */
const revealedPage = 100;
const mostRevealedPages = 10;

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
      setEarlier(known => withPage(known, found));
      setAtStart(next === null);
    }, [client, before]),
  );
  useEffect(
    () =>
      onReveal(async wanted => {
        // Ids sort by creation: a run that is not before these is none of the room's.
        let from = before;
        for (let page = 0; page < mostRevealedPages && from !== undefined && wanted < from; page++) {
          const { runs: found, next } = await client.listRuns({ before: from, limit: revealedPage });
          flushSync(() => {
            setEarlier(known => withPage(known, found));
            setAtStart(next === null);
          });
          from = next === null ? undefined : found.at(-1)?.id;
          if (found.some(run => run.id === wanted)) break;
        }

        return findSlot(wanted) !== undefined;
      }),
    [client, before],
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

function withPage(known: readonly Run[], page: readonly Run[]): readonly Run[] {
  const ids = new Set(known.map(run => run.id));
  return [...page.filter(run => !ids.has(run.id)).toReversed(), ...known];
}
