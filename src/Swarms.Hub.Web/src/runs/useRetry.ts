import { useCallback } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { focusOn } from '../room/useRoomKeys';
import { readDraft, writeDraft } from '../shared/drafts';

/** Returns what puts the task of a run back into the composer, to be changed and started again. */
export function useRetry(client: RoomClient): (run: Run) => void {
  const { t } = useLanguage();
  return useCallback(
    (run: Run) => {
      const draft = readDraft(client.id, 'task').trim();
      if (draft !== '' && draft !== run.task && !confirm(t('run.confirmRetry'))) return;
      // A shortened task must not be started as if it were the whole one.
      const { task, taskLength } = run;
      if (taskLength !== undefined && !confirm(t('run.confirmRetryCut', { held: task.length, count: taskLength }))) return;

      writeDraft(client.id, 'task', run.task);
      focusOn('.composer textarea');
    },
    [client, t],
  );
}
