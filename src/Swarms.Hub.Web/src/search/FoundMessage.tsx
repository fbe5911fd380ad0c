import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { EventTypes, type Message, type RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { FormattedText } from '../markdown/FormattedText';
import { showMoment } from '../replay/moment';
import type { RoomViewModel } from '../room/useRoomView';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { highlightForNow, useHighlight } from './highlight';

/** So many messages before it are shown with it. */
const before = 4;

interface FoundMessageProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly sequence: number;
  readonly words: readonly string[];
  readonly onClose: () => void;
}

/** A message that was opened, with what was said before it, its words marked. */
export function FoundMessage({ client, view, sequence, words, onClose }: FoundMessageProps) {
  const { t, time } = useLanguage();
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const box = useRef<HTMLLIElement>(null);
  const open = useAction(
    useCallback(async () => setMessages((await client.listMessages(sequence + 1, before + 1)).messages), [client, sequence]),
  );
  const { run: load } = open;
  useEffect(() => void load(), [load]);
  useEffect(
    () =>
      client.onEvent(({ type }) => {
        if (type !== EventTypes.messageEdited && type !== EventTypes.messageRemoved) return;

        // The text goes at once, whether or not the hub can be asked.
        setMessages([]);
        void load();
      }),
    [client, load],
  );
  useHighlight(box, messages.length === 0 ? '' : words.join(' '));
  const inRoom = () => document.querySelector<HTMLElement>(`.messages [data-message="${sequence}"]`);
  const goThere = () => {
    flushSync(onClose);
    const message = inRoom();
    message?.scrollIntoView({ block: 'center' });
    if (message) highlightForNow(message, words);
  };
  return (
    <>
      <div className="found-tools">
        {inRoom()?.checkVisibility() && <button onClick={goThere}>{t('search.showInRoom')}</button>}
        <button onClick={() => showMoment({ at: sequence, run: undefined })}>{t('search.showMoment')}</button>
      </div>
      <Problem text={open.error} />
      <ol className="found-messages">
        {messages.map(message => (
          <li key={message.sequence} data-hit={message.sequence === sequence} ref={message.sequence === sequence ? box : undefined}>
            <small>
              <bdi>{view.names.get(message.by) ?? t('people.somebodyWhoLeft')}</bdi> · {time(message.at)}
            </small>
            {message.removedAt === undefined ? (
              <FormattedText text={message.text} form="message" />
            ) : (
              <p className="hint">{t('messages.removed')}</p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
