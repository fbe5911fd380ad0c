import { Fragment, type ReactNode } from 'react';
import { piecesOf, type MessageKey, type MessageValues } from './messages';
import { useLanguage } from './useLanguage';

interface PhraseProps<K extends MessageKey> {
  readonly id: K;
  readonly values: MessageValues<K, ReactNode>;
}

/** A text of the message files with elements in its placeholders. */
export function Phrase<K extends MessageKey>({ id, values }: PhraseProps<K>) {
  const { template } = useLanguage();
  const held = values as Partial<Record<string, ReactNode>>;
  return piecesOf(template(id)).map((piece, i) => <Fragment key={i}>{i % 2 === 0 ? piece : held[piece]}</Fragment>);
}
