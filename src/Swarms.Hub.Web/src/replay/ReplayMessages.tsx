import { memo } from 'react';
import type { Message } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { FormattedText } from '../markdown/FormattedText';
import { useFollow } from '../shared/useFollow';
import type { Playing } from './ReplayPlayer';
import type { RoomTape } from './RoomTape';

interface ReplayMessagesProps {
  readonly room: Playing['room'];
  readonly names: ReadonlyMap<string, string>;
  readonly tape: RoomTape;
  readonly at: number;
}

/** Who was in the room, with their hands, and what was said. */
export function ReplayMessages({ room, names, tape, at }: ReplayMessagesProps) {
  const { t } = useLanguage();
  const { box, content } = useFollow();
  return (
    <section className="replay-side" aria-label={t('room.side')}>
      <h2>{t('people.titleCount', { count: room.members.length })}</h2>
      <p className="replay-people">
        {room.members.map(member => (
          <span key={member.id}>
            <bdi>{member.name}</bdi>
            {member.handRaised && <span title={t('people.handRaised')}> ✋</span>}
          </span>
        ))}
      </p>
      <h2>{t('messages.title')}</h2>
      <div className="replay-messages" ref={box} tabIndex={0} role="region" aria-label={t('messages.title')}>
        <div className="message-content" ref={content}>
          {room.messages.length === 0 && <p className="hint">{t('messages.none')}</p>}
          {room.messages.map(message => (
            <ReplayMessage
              key={message.sequence}
              message={message}
              name={names.get(message.by)}
              isGone={at < (tape.shownFrom.get(message.sequence) ?? 0)}
              isNow={message.sequence === at}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

interface ReplayMessageProps {
  readonly message: Message;
  readonly name: string | undefined;
  /** Whether its text at that moment was edited or removed since. */
  readonly isGone: boolean;
  readonly isNow: boolean;
}

const ReplayMessage = memo(function ReplayMessage({ message, name, isGone, isNow }: ReplayMessageProps) {
  const { t, dateAndTime } = useLanguage();
  return (
    <article className="message" data-message={message.sequence} data-now={isNow}>
      <header>
        <strong>
          <bdi>{name ?? t('people.somebodyWhoLeft')}</bdi>
        </strong>{' '}
        <small>{dateAndTime(message.at)}</small>
      </header>
      {message.removedAt !== undefined || isGone ? (
        <p className="hint">{t(message.removedAt === undefined ? 'replay.messageGone' : 'messages.removed')}</p>
      ) : (
        <div className="said">
          <FormattedText text={message.text} form="message" />
        </div>
      )}
      {message.reactions.length > 0 && !isGone && (
        <p className="replay-reactions">
          {message.reactions.map(({ emoji, by }) => (
            <span key={emoji}>
              {emoji} {by.length}
            </span>
          ))}
        </p>
      )}
    </article>
  );
});
