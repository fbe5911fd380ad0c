import { useCallback } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { writeTask } from '../../room/footKind';
import { writeDraft } from '../../shared/drafts';
import { useRetry } from '../useRetry';
import { writeOnward } from './onward';

/** The ways to go on from a run that has ended. */
export interface ThreadActions {
  /** Lets the composer's next run continue it. */
  readonly onContinue: (run: Run) => void;
  /** Puts its task into the composer, whose next run stands in its place. */
  readonly onEdit: (run: Run) => void;
}

export function useThreadActions(client: RoomClient): ThreadActions {
  const toComposer = useRetry(client);
  const onContinue = useCallback(
    (run: Run) => {
      writeDraft(client.id, 'onward', writeOnward({ how: 'continues', runId: run.id }));
      writeTask();
    },
    [client],
  );
  const onEdit = useCallback(
    (run: Run) => toComposer(run, () => writeDraft(client.id, 'onward', writeOnward({ how: 'supersedes', runId: run.id }))),
    [client, toComposer],
  );
  return { onContinue, onEdit };
}
