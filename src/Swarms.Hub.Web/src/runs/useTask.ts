import { useEffect, useState } from 'react';
import { EventTypes, type Message, type RoomClient, type Run } from 'swarms-hub-client';
import { useRoomState } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';

export interface Task {
  /** The task itself; empty where it is gone or not here yet. */
  readonly text: string;
  /** The task, or a few words in its place. */
  readonly shown: string;
}

/** The task of a run. Where the run answers a message, it is the message's present text, also of a message that the room's state let go. */
export function useTask(run: Run, client: RoomClient): Task {
  const { t } = useLanguage();
  const sequence = run.task === '' ? run.message : undefined;
  const message = useMessage(client, sequence);
  if (sequence === undefined) return { text: run.task, shown: run.task };

  if (!message) return { text: '', shown: t('run.answersMessage') };

  return message.removedAt === undefined ? { text: message.text, shown: message.text } : { text: '', shown: t('run.messageRemoved') };
}

/** Returns the task of a run as it is now; empty where the message that it answers was removed. */
export async function findTask(client: RoomClient, run: Run): Promise<string> {
  if (run.task !== '' || run.message === undefined) return run.task;

  return (await findMessage(client, run.message))?.text ?? '';
}

async function findMessage(client: RoomClient, sequence: number): Promise<Message | undefined> {
  const held = client.state?.findMessage(sequence);
  return held ?? (await client.listMessages(sequence + 1, 1)).messages.find(message => message.sequence === sequence);
}

function useMessage(client: RoomClient, sequence: number | undefined): Message | undefined {
  const held = useRoomState(client, state => state.findMessage(sequence));
  const [loaded, setLoaded] = useState<Message>();
  const isHeld = held !== undefined;
  useEffect(() => {
    if (sequence === undefined || isHeld) return;

    let isWanted = true;
    const load = () =>
      findMessage(client, sequence).then(
        message => isWanted && setLoaded(message),
        // The words in its place stay, and the next change asks again.
        () => undefined,
      );
    void load();
    const stop = client.onEvent(({ type, data }) => {
      if (data.target !== sequence || (type !== EventTypes.messageEdited && type !== EventTypes.messageRemoved)) return;

      // The text goes at once, whether or not the hub can be asked.
      setLoaded(undefined);
      void load();
    });
    return () => {
      isWanted = false;
      stop();
    };
  }, [client, sequence, isHeld]);
  return held ?? (loaded?.sequence === sequence ? loaded : undefined);
}
