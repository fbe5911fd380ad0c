import { useEffect, useState } from 'react';
import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { reservedInWords } from '../money/spendingWords';
import { useOpenedRoom } from '../room/OpenedRoom';
import { countWords } from '../shared/countWords';
import { usageInWords } from './runWords';
import { useNow } from './useNow';

const rateSeconds = 5;
/** A shorter run says nothing about a pace. */
const shortestMilliseconds = 500;

/** A run's pace and cost: as seen here while it writes, and as the upstream stated them at its end. */
export function RunFigures({ run, lostAt, seesMoney }: { run: Run; lostAt: number | undefined; seesMoney: boolean }) {
  const language = useLanguage();
  const { t, duration } = language;
  const isOver = isEnding(run.state);
  const now = useNow(run.state === 'running' && lostAt === undefined);
  const opened = useOpenedRoom();
  const rate = useWordRate(opened?.client, run.id, run.state === 'running' && lostAt === undefined);
  // A run of unknown usage keeps what it reserved.
  const reserved = seesMoney && (!isOver || !run.usage) ? reservedInWords(language, run.reserved) : undefined;
  if (run.startedAt === undefined) return isOver || reserved === undefined ? null : <span>{reserved}</span>;

  const started = Date.parse(run.startedAt);
  // An interrupted run wrote until its last chunk: its end is when the hub was there again.
  const endedAt = run.state === 'interrupted' ? (run.lastChunkAt ?? run.startedAt) : run.endedAt;
  const ended = endedAt === undefined ? (lostAt ?? now) : Date.parse(endedAt);
  const firstWord = opened?.firstWords.of(run.id);
  const output = run.usage?.outputTokens;
  return (
    <>
      <span>{duration(ended - started)}</span>
      {firstWord !== undefined && <span>{t('run.firstWord', { seconds: Math.round(firstWord / 100) / 10 })}</span>}
      {rate !== undefined && <span>{t('run.wordsPerSecond', { rate })}</span>}
      {reserved !== undefined && <span>{reserved}</span>}
      {run.usage &&
        usageInWords(language, seesMoney ? run.usage : { ...run.usage, cost: null }).map(part => <span key={part}>{part}</span>)}
      {isOver && output !== undefined && output !== null && ended - started >= shortestMilliseconds && (
        <span>{t('run.tokensPerSecond', { rate: Math.round((output * 10_000) / (ended - started)) / 10 })}</span>
      )}
      {isOver && run.state !== 'done' && !run.usage && <span>{t('run.usageUnknown')}</span>}
    </>
  );
}

/** Returns how many words a second the run wrote over the last seconds; undefined until that can be said. */
function useWordRate(client: RoomClient | undefined, runId: string, isWriting: boolean): number | undefined {
  const [rate, setRate] = useState<number>();
  useEffect(() => {
    if (!client || !isWriting) return;

    const text = growingText(client, runId);
    const counts: number[] = [];
    let counted = text.get().length;
    const timer = setInterval(() => {
      const { length } = text.get();
      counts.push(countWords(text.get(), counted));
      counted = length;
      if (counts.length > rateSeconds) counts.shift();
      setRate(Math.round((counts.reduce((sum, count) => sum + count, 0) * 10) / counts.length) / 10);
    }, 1000);
    return () => clearInterval(timer);
  }, [client, runId, isWriting]);
  return isWriting ? rate : undefined;
}
