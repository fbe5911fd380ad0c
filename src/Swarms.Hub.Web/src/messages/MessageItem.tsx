import { memo, useState } from 'react';
import type { Message, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { FormattedText } from '../markdown/FormattedText';
import { Toolbar } from '../shared/controls/Toolbar';
import { Quote } from './Quote';
import { refer } from './references';

const emojis = ['👍', '❤️', '😂', '🎉', '🤔', '👀'];

/** These say what the person at this page may do with messages. The object stays the same until one of them changes. */
export interface MessageRights {
  readonly canTalk: boolean;
  readonly canUnreact: boolean;
  /** An own message. */
  readonly canTakeBack: boolean;
  /** Anybody's. */
  readonly canRemoveMessages: boolean;
}

interface MessageItemProps {
  readonly message: Message;
  /** The message that it answers, where the page has it. */
  readonly answered: Message | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly me: string | undefined;
  readonly may: MessageRights;
  readonly client: RoomClient;
  /** Does something and shows why it failed. */
  readonly onAct: (action: () => Promise<unknown>) => void;
  /** Leads to another message, which may have to be loaded first. */
  readonly onShow: (sequence: number) => void;
}

/** One message, with what one may do about it. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, answered, names, me, may, client, onAct, onShow } = props;
  const { t, time } = useLanguage();
  const [isEdited, setEdited] = useState(false);
  const name = (id: string) => names.get(id) ?? t('people.somebodyWhoLeft');
  const isOwn = message.by === me;
  const isRemoved = message.removedAt !== undefined;
  const canRemove = may.canRemoveMessages || (isOwn && may.canTakeBack);
  const hasTools = message.reactions.length > 0 || may.canTalk || canRemove;
  return (
    <article className="message" data-own={isOwn} data-message={message.sequence} tabIndex={-1}>
      <header>
        <strong>
          <bdi>{name(message.by)}</bdi>
        </strong>{' '}
        <small>
          {time(message.at)}
          {message.editedAt !== undefined && <span title={time(message.editedAt)}> · {t('messages.edited')}</span>}
        </small>
      </header>
      {message.replyTo !== undefined && <Answered sequence={message.replyTo} answered={answered} name={name} onShow={onShow} />}
      {message.quote && !isRemoved && <Quote client={client} quote={message.quote} />}
      {isRemoved ? (
        <p className="hint">{t('messages.removedBy', { name: name(message.removedBy ?? '') })}</p>
      ) : isEdited && may.canTalk ? (
        <EditForm
          message={message}
          onDone={text => {
            setEdited(false);
            if (text !== undefined && text !== message.text) onAct(() => client.editMessage(message.sequence, text));
          }}
        />
      ) : (
        <div className="said">
          <FormattedText text={message.text} form="message" />
        </div>
      )}
      {!isRemoved && hasTools && (
        <Toolbar className="reactions" label={t('messages.react')}>
          {message.reactions.map(({ emoji, by }) => {
            const isMine = me !== undefined && by.includes(me);
            const toggle = () => (isMine ? client.unreact(message.sequence, emoji) : client.react(message.sequence, emoji));
            const canToggle = isMine ? may.canUnreact : may.canTalk;
            return (
              <button
                key={emoji}
                className="reaction"
                aria-pressed={isMine}
                aria-disabled={!canToggle}
                title={by.map(name).join(', ')}
                onClick={() => canToggle && onAct(toggle)}
              >
                {emoji} {by.length}
              </button>
            );
          })}
          <span className="react">
            {may.canTalk &&
              emojis
                .filter(emoji => !message.reactions.some(reaction => reaction.emoji === emoji))
                .map(emoji => (
                  <button key={emoji} className="reaction add" onClick={() => onAct(() => client.react(message.sequence, emoji))}>
                    {emoji}
                  </button>
                ))}
            {may.canTalk && (
              <button className="quiet act" onClick={() => refer({ replyTo: message })}>
                {t('messages.reply')}
              </button>
            )}
            {isOwn && may.canTalk && (
              <button className="quiet act" onClick={() => setEdited(true)}>
                {t('messages.edit')}
              </button>
            )}
            {canRemove && (
              <button
                className="quiet act"
                onClick={() => confirm(t('messages.confirmRemove')) && onAct(() => client.removeMessage(message.sequence))}
              >
                {t('common.remove')}
              </button>
            )}
          </span>
        </Toolbar>
      )}
    </article>
  );
});

interface AnsweredProps {
  readonly sequence: number;
  readonly answered: Message | undefined;
  readonly name: (id: string) => string;
  readonly onShow: (sequence: number) => void;
}

/** What a message answers leads there. */
function Answered({ sequence, answered, name, onShow }: AnsweredProps) {
  const { t } = useLanguage();
  const text = !answered
    ? t('messages.earlierMessage')
    : answered.removedAt !== undefined
      ? t('messages.removed')
      : `${name(answered.by)}: ${answered.text}`;
  return (
    <button className="quiet answered" onClick={() => onShow(sequence)}>
      <span className="sr-only">{t('messages.answerTo')} </span>
      <span aria-hidden="true">↳ </span>
      <bdi>{text}</bdi>
    </button>
  );
}

/** Undefined leaves the message as it is. */
function EditForm({ message, onDone }: { message: Message; onDone: (text?: string) => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState(message.text);
  return (
    <form
      className="edit"
      onSubmit={event => {
        event.preventDefault();
        if (text.trim() !== '') onDone(text.trim());
      }}
    >
      <textarea
        ref={field => field?.focus()}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape') return;

          event.preventDefault();
          onDone();
        }}
        aria-label={t('messages.editText')}
        maxLength={16_384}
        rows={3}
        dir="auto"
      />
      <button disabled={text.trim() === ''}>{t('messages.save')}</button>
      <button type="button" className="quiet" onClick={() => onDone()}>
        {t('messages.keep')}
      </button>
    </form>
  );
}
