import { useEffect, useRef } from 'react';
import type { RoomViewModel } from '../room/useRoomView';
import { announce } from '../room/announce';
import { useLanguage } from '../language/useLanguage';

/** A screen reader would read a long message for minutes: its reader finds the rest in the list. */
const maxSpoken = 300;

/** Tells screen readers the messages of others, where no list of messages alone does. */
export function useAnnouncedMessages({ messages, names, me }: RoomViewModel, isOn: boolean): void {
  const { t } = useLanguage();
  const newest = messages.at(-1)?.sequence ?? 0;
  const before = useRef(newest);
  useEffect(() => {
    const news = messages.filter(({ sequence, by, removedAt }) => sequence > before.current && by !== me?.id && removedAt === undefined);
    before.current = newest;
    if (!isOn) return;

    for (const { by, text } of news)
      announce(t('messages.spoken', { name: names.get(by) ?? t('people.somebodyWhoLeft'), text: text.slice(0, maxSpoken) }));
  }, [messages, newest, names, me?.id, isOn, t]);
}
