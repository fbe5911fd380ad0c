import { useCallback, useState } from 'react';
import type { RoomClient, Run, SearchResult } from 'swarms-hub-client';
import { useAction } from '../shared/useAction';

/** The dialog shows all runs while nothing is searched for, and results of every kind otherwise. */
interface Found {
  readonly runs: readonly Run[];
  readonly results: readonly SearchResult[];
  readonly isSearch: boolean;
  readonly isComplete: boolean;
  readonly next: string | number | null;
}

const nothing: Found = { runs: [], results: [], isSearch: false, isComplete: true, next: null };

/** Lists runs, or searches the room, page by page. */
export function useSearch(client: RoomClient) {
  const [found, setFound] = useState(nothing);
  const list = useAction(
    useCallback(
      async (text: string, before: string | number | undefined) => {
        if (text === '') {
          const page = await client.listRuns(typeof before === 'string' ? { before } : {});
          setFound(held => ({ ...nothing, runs: before === undefined ? page.runs : [...held.runs, ...page.runs], next: page.next }));
          return;
        }

        const page = await client.search(text, typeof before === 'number' ? { before } : {});
        setFound(held => ({
          ...nothing,
          isSearch: true,
          isComplete: page.isComplete,
          results: before === undefined ? page.results : [...held.results, ...page.results],
          next: page.next,
        }));
      },
      [client],
    ),
  );
  /** Takes what is gone out of the list; a search must not show it any longer either. */
  const drop = useCallback(
    (runId: string) =>
      setFound(held => ({
        ...held,
        runs: held.runs.map(run => (run.id === runId ? { ...run, task: '' } : run)),
        results: held.results.filter(result => result.kind !== 'run' || result.id !== runId),
      })),
    [],
  );
  return { found, list, drop };
}
