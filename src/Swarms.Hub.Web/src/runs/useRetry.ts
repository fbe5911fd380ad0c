import { useCallback } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { writeTask } from '../room/footKind';
import { readDraft, writeDraft } from '../shared/drafts';
import { findTask } from './useTask';

/** Returns what puts the task of a run back into the composer, to be changed and started again, and then calls `onPut`. */
export function useRetry(client: RoomClient): (run: Run, onPut: () => void) => void {
  const { t } = useLanguage();
  const retry = useCallback(
    async (shown: Run, onPut: () => void) => {
      // The room's state cuts the tasks of old runs further than the hub does.
      const run = shown.text === undefined && shown.taskLength !== undefined ? await client.getRun(shown.id).catch(() => shown) : shown;
      const task = await findTask(client, run).catch(() => '');
      // The message that it answered is gone.
      if (task === '') {
        onPut();
        writeTask();
        return;
      }

      const draft = readDraft(client.id, 'task').trim();
      if (draft !== '' && draft !== task && !confirm(t('run.confirmRetry'))) return;
      // A shortened task must not be started as if it were the whole one.
      const { taskLength } = run;
      if (taskLength !== undefined && !confirm(t('run.confirmRetryCut', { held: task.length, count: taskLength }))) return;

      writeDraft(client.id, 'task', task);
      onPut();
      writeTask();
    },
    [client, t],
  );
  return useCallback((run: Run, onPut: () => void) => void retry(run, onPut), [retry]);
}
