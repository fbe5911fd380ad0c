import { useEffect } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { clearSent, useDraft } from '../shared/drafts';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { forgetReferences, useReferences } from './references';
import './SayForm.css';

/** The form that says something in the room, with what it refers to. */
export function SayForm({ client, names }: { client: RoomClient; names: ReadonlyMap<string, string> }) {
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
    <div className="say-form">
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
    </div>
  );
}
