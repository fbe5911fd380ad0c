import { memo, useCallback } from 'react';
import type { Message, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoom';
import { FormattedText } from '../markdown/FormattedText';
import { useDraft } from '../shared/drafts';
import { Problem } from '../shared/Problem';
import { Toolbar } from '../shared/controls/Toolbar';
import { useAction } from '../shared/useAction';
import { useFollow } from '../shared/useFollow';
import './Messages.css';

const emojis = ['👍', '❤️', '😂', '🎉', '🤔', '👀'];

export function Messages({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const [text, setText] = useDraft(client.id, 'message');
  const { box, content } = useFollow();
  const { names } = view;
  const say = useAction(async () => {
    await client.say(text.trim());
    setText('');
  });
  const react = useAction(useCallback((target: number, emoji: string) => client.react(target, emoji), [client]));
  const { run: send } = react;
  const onReact = useCallback((target: number, emoji: string) => void send(target, emoji), [send]);
  return (
    <section className="messages">
      <header>
        <h2>{t('messages.title')}</h2>
      </header>
      <div className="message-list" ref={box} tabIndex={0} role="log" aria-label={t('messages.title')}>
        <div className="message-content" ref={content}>
          {view.messages.length === 0 && <p className="hint">{t('messages.none')}</p>}
          {view.messages.map(message => (
            <MessageItem key={message.sequence} message={message} names={names} isOwn={message.by === view.me?.id} onReact={onReact} />
          ))}
        </div>
      </div>
      <Problem text={say.error ?? react.error} />
      <form
        onSubmit={event => {
          event.preventDefault();
          if (text.trim() !== '') void say.run();
        }}
      >
        <input
          value={text}
          onChange={event => setText(event.target.value)}
          aria-label={t('messages.message')}
          placeholder={t('messages.example')}
          maxLength={16_384}
          dir="auto"
          autoComplete="off"
        />
        <button disabled={say.isBusy || text.trim() === ''}>{t('messages.send')}</button>
      </form>
    </section>
  );
}

interface MessageItemProps {
  readonly message: Message;
  readonly names: ReadonlyMap<string, string>;
  readonly isOwn: boolean;
  readonly onReact: (target: number, emoji: string) => void;
}

const MessageItem = memo(function MessageItem({ message, names, isOwn, onReact }: MessageItemProps) {
  const { t, time } = useLanguage();
  const name = (id: string) => names.get(id) ?? t('people.somebodyWhoLeft');
  return (
    <article className="message" data-own={isOwn}>
      <header>
        <strong>
          <bdi>{name(message.by)}</bdi>
        </strong>{' '}
        <small>{time(message.at)}</small>
      </header>
      <div className="said">
        <FormattedText text={message.text} form="message" />
      </div>
      <Toolbar className="reactions" label={t('messages.react')}>
        {message.reactions.map(reaction => (
          <button
            key={reaction.emoji}
            className="reaction"
            title={reaction.by.map(name).join(', ')}
            onClick={() => onReact(message.sequence, reaction.emoji)}
          >
            {reaction.emoji} {reaction.by.length}
          </button>
        ))}
        <span className="react">
          {emojis
            .filter(emoji => !message.reactions.some(reaction => reaction.emoji === emoji))
            .map(emoji => (
              <button key={emoji} className="reaction add" onClick={() => onReact(message.sequence, emoji)}>
                {emoji}
              </button>
            ))}
        </span>
      </Toolbar>
    </article>
  );
});
