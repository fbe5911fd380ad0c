import { isEnding, type RoomClient } from 'swarms-hub-client';

/** Removes every message of a member, for a host; the number of messages does not matter. */
export async function removeMessagesOf(client: RoomClient, memberId: string): Promise<void> {
  let before: number | undefined;
  do {
    const { messages, next } = await client.listMessages(before);
    for (const { by, sequence, removedAt } of messages)
      if (by === memberId && removedAt === undefined) await client.removeMessage(sequence);

    before = next ?? undefined;
  } while (before !== undefined);
}

/** Removes every run that a member started, for a host. Those that still run, as they may for a moment after it left, end first. */
export async function removeRunsOf(client: RoomClient, memberId: string): Promise<void> {
  let before: string | undefined;
  do {
    const { runs, next } = await client.listRuns(before === undefined ? {} : { before });
    for (const { id, by, removedAt } of runs) {
      if (by !== memberId || removedAt !== undefined) continue;

      await ended(client, id);
      await client.removeRun(id);
    }
    before = next ?? undefined;
  } while (before !== undefined);
}

/** A run that the room's state does not hold has ended long ago. */
function ended(client: RoomClient, runId: string): Promise<void> {
  const isOver = () => {
    const run = client.state?.runs.find(({ id }) => id === runId);
    return !run || isEnding(run.state);
  };
  return new Promise(resolve => {
    if (isOver()) return resolve();

    const stop = client.onUpdate(() => {
      if (!isOver()) return;

      stop();
      resolve();
    });
  });
}
