import { useCallback, useEffect } from 'react';
import type { Message, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { clearSent, useDraft } from '../shared/drafts';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useFollow } from '../shared/useFollow';
import { MessageItem } from './MessageItem';
import { forgetReferences, useReferences } from './references';
import { useEarlierMessages } from './useEarlierMessages';
import './Messages.css';

export function Messages({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const { box, content } = useFollow();
  const earlier = useEarlierMessages(client, view.messages);
  const act = useAction(useCallback((action: () => Promise<unknown>) => action(), []));
  const { run } = act;
  const onAct = useCallback((action: () => Promise<unknown>) => void run(action), [run]);
  const messages = [...earlier.messages, ...view.messages];
  const bySequence = new Map<number, Message>(messages.map(message => [message.sequence, message]));
  return (
    <section className="messages">
      <header>
        <h2>{t('messages.title')}</h2>
      </header>
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
            <MessageItem
              key={message.sequence}
              message={message}
              answered={message.replyTo === undefined ? undefined : bySequence.get(message.replyTo)}
              names={view.names}
              me={view.me?.id}
              isHost={view.me?.role === 'host'}
              client={client}
              onAct={onAct}
            />
          ))}
        </div>
      </div>
      <Problem text={act.error} />
      {rulesFor(view.room, view.me).canTalk ? (
        <SayForm client={client} names={view.names} />
      ) : (
        <p className="hint">{t('messages.closed')}</p>
      )}
    </section>
  );
}

function SayForm({ client, names }: { client: RoomClient; names: ReadonlyMap<string, string> }) {
  const { t } = useLanguage();
  const [text, setText] = useDraft(client.id, 'message');
  const { replyTo, quote } = useReferences();
  useEffect(() => forgetReferences, [client]);
  const say = useAction(async () => {
    await client.say(text.trim(), {
      ...(replyTo ? { replyTo: replyTo.sequence } : {}),
      ...(quote ? { quote: quote.passage } : {}),
    });
    clearSent(client.id, 'message', text);
    forgetReferences();
  });
  return (
    <>
      <Problem text={say.error} />
      {(replyTo ?? quote) && (
        <div className="references">
          {replyTo && (
            <p dir="auto">
              ↳ {names.get(replyTo.by) ?? t('people.somebodyWhoLeft')}: {replyTo.text}
            </p>
          )}
          {quote && <p dir="auto">“{quote.text}”</p>}
          <button className="quiet" onClick={forgetReferences}>
            {t('messages.withoutReferences')}
          </button>
        </div>
      )}
      <form
        className="say"
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
    </>
  );
}
