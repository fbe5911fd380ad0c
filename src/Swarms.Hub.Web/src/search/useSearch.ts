import { useCallback, useRef, useState } from 'react';
import type { RoomClient, RoomSearch, Run, SearchKind, SearchResult } from 'swarms-hub-client';
import { useAction } from '../shared/useAction';

/** A choice of results. Empty texts choose nothing; the times are as their fields have them, in the reader's zone. */
export interface Filters {
  readonly kind: SearchKind | '';
  readonly by: string;
  readonly agent: string;
  readonly from: string;
  readonly to: string;
}

export const noFilters: Filters = { kind: '', by: '', agent: '', from: '', to: '' };

/** The dialog shows all runs while nothing is searched for, and results of every kind otherwise. */
interface Found {
  readonly runs: readonly Run[];
  readonly results: readonly SearchResult[];
  readonly isSearch: boolean;
  readonly isComplete: boolean;
  readonly next: string | number | null;
}

const nothing: Found = { runs: [], results: [], isSearch: false, isComplete: true, next: null };

/** What the hub is asked for. A time that is no time is left out. */
export function requestOf({ kind, by, agent, from, to }: Filters): RoomSearch {
  const given = Object.entries({ kind, by, agent: agent.trim(), from: instantOf(from), to: instantOf(to) }).filter(
    ([, value]) => value !== '',
  );
  return Object.fromEntries(given);
}

function instantOf(field: string): string {
  const time = new Date(field);
  return field === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** Lists runs, or searches the room, page by page. The answer to an earlier question is not shown. */
export function useSearch(client: RoomClient) {
  const [found, setFound] = useState(nothing);
  const asked = useRef(0);
  const list = useAction(
    useCallback(
      async (text: string, filters: Filters, before: string | number | undefined) => {
        const question = ++asked.current;
        if (text === '') {
          const page = await client.listRuns(typeof before === 'string' ? { before } : {});
          if (question !== asked.current) return;

          setFound(held => ({ ...nothing, runs: before === undefined ? page.runs : [...held.runs, ...page.runs], next: page.next }));
          return;
        }

        const page = await client.search(text, { ...requestOf(filters), ...(typeof before === 'number' ? { before } : {}) });
        if (question !== asked.current) return;

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
