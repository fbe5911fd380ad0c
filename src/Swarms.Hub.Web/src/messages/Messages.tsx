import { Fragment } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { prefer } from '../settings/preferences';
import { Problem } from '../shared/Problem';
import { useFollow } from '../shared/useFollow';
import { useWhomToAsk } from '../shared/useWhomToAsk';
import { NewLine } from './NewLine';
import { SayForm } from './SayForm';
import { useReadMark } from './useReadMark';
import { useTalk } from './useTalk';
import './Messages.css';

/** The messages beside the runs. */
export function Messages({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const ask = useWhomToAsk();
  const { box, content, isFollowing, toEnd } = useFollow();
  const { messages, item, earlier, error } = useTalk(client, view);
  const { line, count, unseen } = useReadMark(client, true, view.messages, view.me?.id, box, isFollowing);
  const firstNew = line === undefined ? undefined : messages.find(({ sequence, by }) => sequence > line && by !== view.me?.id)?.sequence;
  return (
    <section className="messages">
      <header>
        <h2>{t('messages.title')}</h2>
        <button className="quiet" onClick={() => prefer({ messages: 'within' })}>
          {t('messages.toWithin')}
        </button>
      </header>
      <div className="message-frame">
        <div className="message-list" ref={box} tabIndex={0} role="log" aria-label={t('messages.title')}>
          <div className="message-content" ref={content}>
            {earlier.hasMore && messages.length > 0 && (
              <button className="quiet" onClick={earlier.load} disabled={earlier.isLoading}>
                {t(earlier.isLoading ? 'messages.loadingEarlier' : 'messages.earlier')}
              </button>
            )}
            <Problem text={earlier.error} />
            {messages.length === 0 && <p className="hint">{t('messages.none')}</p>}
            {messages.map(message => (
              <Fragment key={message.sequence}>
                {message.sequence === firstNew && <NewLine count={count} />}
                {item(message)}
              </Fragment>
            ))}
          </div>
        </div>
        {!isFollowing && unseen > 0 && (
          <button className="to-end" onClick={toEnd}>
            {t('messages.newBelow', { count: unseen })}
          </button>
        )}
      </div>
      <Problem text={error} />
      {rulesFor(view.room, view.me).canTalk ? (
        <SayForm client={client} names={view.names} />
      ) : (
        <p className="hint">
          {t('messages.closed')} {ask}
        </p>
      )}
    </section>
  );
}
