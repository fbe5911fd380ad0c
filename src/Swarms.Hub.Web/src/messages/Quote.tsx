import { useCallback, useEffect, useState } from 'react';
import type { Passage, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { showRun } from '../runs/showRun';
import { useModeratedRuns } from '../runs/useModeratedRuns';
import { readPassage } from './passages';

const maxShown = 400;

/** A passage that a message quotes: a reference, so its text is gone with its run. */
export function Quote({ client, quote }: { client: RoomClient; quote: Passage }) {
  const { t } = useLanguage();
  const [text, setText] = useState<string>();
  const [reads, setReads] = useState(0);
  useModeratedRuns(
    client,
    useCallback(
      (run: string) => {
        if (run !== quote.run) return;

        setText(undefined);
        setReads(count => count + 1);
      },
      [quote.run],
    ),
  );
  useEffect(() => {
    let isShown = true;
    const run = client.state?.findRun(quote.run);
    if (run?.hiddenAt !== undefined || run?.removedAt !== undefined) return;

    readPassage(client, quote).then(
      found => isShown && setText(found.text),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [client, quote, reads]);
  return (
    <blockquote className="quote">
      <p dir="auto">{text === undefined ? t('messages.quoteGone') : text.slice(0, maxShown) + (text.length > maxShown ? '…' : '')}</p>
      <button className="quiet" onClick={() => showRun(quote.run)}>
        {t('messages.showQuoted')}
      </button>
    </blockquote>
  );
}
