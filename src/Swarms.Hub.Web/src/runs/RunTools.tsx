import { useState } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { copyText } from '../markdown/copyText';
import { useRoomStore } from '../room/useRoom';

interface RunToolsProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOfRoom: boolean;
  readonly isPlain: boolean;
  readonly onPlain: (isPlain: boolean) => void;
}

/** Copies a run's text exactly as the model wrote it, and shows it so. */
export function RunTools({ run, client, isOfRoom, isPlain, onPlain }: RunToolsProps) {
  const store = useRoomStore();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    const held = isOfRoom ? store?.text(run.id).get() : run.text;
    await copyText(held === undefined || held === '' ? ((await client.getRun(run.id)).text ?? '') : held);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <button className="quiet" aria-pressed={isPlain} onClick={() => onPlain(!isPlain)}>
        Source
      </button>
      <button className="quiet" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </>
  );
}
