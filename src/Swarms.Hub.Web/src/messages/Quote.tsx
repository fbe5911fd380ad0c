import { useCallback, useEffect, useState } from 'react';
import type { Passage, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { readPassage } from '../runs/passages/passages';
import { showPassage } from '../runs/passages/showPassage';
import { useModeratedRuns } from '../runs/useModeratedRuns';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';

const maxShown = 400;

/** A passage that a message quotes: a reference, so its text is gone with its run. It leads to its place there. */
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
  const lead = useAction(async () => {
    if (!(await showPassage(client, quote))) throw new Error(t('messages.quotedTooEarly'));
  });
  return (
    <blockquote className="quote">
      {text === undefined ? (
        <p>{t('messages.quoteGone')}</p>
      ) : (
        <button className="quiet" title={t('messages.showQuoted')} onClick={() => void lead.run()} disabled={lead.isBusy}>
          <span className="sr-only">{t('messages.showQuoted')}: </span>
          <q dir="auto">{plain(text.slice(0, maxShown)) + (text.length > maxShown ? '…' : '')}</q>
        </button>
      )}
      <Problem text={lead.error} />
    </blockquote>
  );
}

/** A quote is a line or two: the signs of its formatting would only be in the way. */
function plain(text: string): string {
  return text.replace(/\*\*|__|`/g, '').replace(/^[#>]+ /gm, '');
}
