import { useState } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { copyText } from '../markdown/copyText';
import { useLanguage } from '../language/useLanguage';

interface RunToolsProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOfRoom: boolean;
  readonly isPlain: boolean;
  readonly onPlain: (isPlain: boolean) => void;
}

/** Copies a run's text exactly as the model wrote it, and shows it so. */
export function RunTools({ run, client, isOfRoom, isPlain, onPlain }: RunToolsProps) {
  const { t } = useLanguage();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    const held = isOfRoom ? growingText(client, run.id).get() : run.text;
    await copyText(held === undefined || held === '' ? ((await client.getRun(run.id)).text ?? '') : held);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <>
      <button className="quiet" aria-pressed={isPlain} onClick={() => onPlain(!isPlain)}>
        {t('run.source')}
      </button>
      <button className="quiet" onClick={() => void copy()}>
        {t(isCopied ? 'copy.copied' : 'copy.copy')}
      </button>
    </>
  );
}
