import { useSyncExternalStore } from 'react';
import { type messagePlaces, usePreferences } from '../settings/preferences';

/** The width of a room, in ems of the page, up to which it shows one part at a time. RoomPage.css has it too. */
const narrow = 56;

/** Where the messages are. The choice is the person's; a narrow window has them within the runs. */
export function usePlaceOfMessages(): (typeof messagePlaces)[number] {
  const { messages, textSize } = usePreferences();
  // An em of a media query is the browser's own: it does not grow with the page's text.
  const query = `(width <= ${(narrow * textSize) / 100}em)`;
  const isNarrow = useSyncExternalStore(
    onChange => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
  return isNarrow ? 'within' : messages;
}
