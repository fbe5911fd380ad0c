import { useEffect, useRef, useState } from 'react';
import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { Sentences } from './sentences';

interface ReadAloudProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOfRoom: boolean;
}

/** A screen reader has taken up lines long before so many others followed. */
const maxLines = 40;

/** Gives a run's text to screen readers, from its start, each sentence once it is whole. */
export function ReadAloud({ run, client, isOfRoom }: ReadAloudProps) {
  const { code } = useLanguage();
  const sentences = useRef<Sentences>(undefined);
  const [lines, setLines] = useState<readonly { number: number; text: string }[]>([]);
  const isOver = isEnding(run.state);
  useEffect(() => {
    let isCurrent = true;
    const take = (text: string, isWhole: boolean) => {
      sentences.current ??= new Sentences(code);
      const said = sentences.current.take(text, isWhole);
      if (said.length === 0 || !isCurrent) return;

      setLines(held => {
        const next = (held.at(-1)?.number ?? 0) + 1;
        return [...held, ...said.map((sentence, i) => ({ number: next + i, text: sentence }))].slice(-maxLines);
      });
    };
    const growing = isOfRoom && run.text !== undefined ? growingText(client, run.id) : undefined;
    if (!growing) {
      // An older run: the room does not hold its text.
      const held = run.text === undefined ? client.getRun(run.id).then(full => full.text ?? '') : Promise.resolve(run.text);
      held.then(
        text => take(text, isOver),
        () => {
          // The card says why it cannot show the text.
        },
      );
      return () => {
        isCurrent = false;
      };
    }

    const look = () => take(growing.get(), isOver);
    const stop = growing.subscribe(look);
    queueMicrotask(look);
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client, run, isOfRoom, isOver, code]);
  return (
    <div className="sr-only" role="log" data-reads={run.id}>
      {lines.map(({ number, text }) => (
        <p key={number}>{text}</p>
      ))}
    </div>
  );
}
