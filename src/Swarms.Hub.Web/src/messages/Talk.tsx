import { Fragment } from 'react';
import type { Message } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { NewLine } from './NewLine';
import type { Talk as TalkOfRoom } from './useTalk';
import './Messages.css';

interface TalkProps {
  /** Those that stand between two runs. */
  readonly messages: readonly Message[];
  readonly talk: TalkOfRoom;
  /** The sequence of the first new message, here or elsewhere. */
  readonly firstNew: number | undefined;
  readonly newCount: number;
}

/** Messages within the stream of runs. */
export function Talk({ messages, talk, firstNew, newCount }: TalkProps) {
  const { t } = useLanguage();
  return (
    <div className="talk" role="group" aria-label={t('messages.title')}>
      {messages.map(message => (
        <Fragment key={message.sequence}>
          {message.sequence === firstNew && <NewLine count={newCount} />}
          {talk.item(message)}
        </Fragment>
      ))}
    </div>
  );
}
