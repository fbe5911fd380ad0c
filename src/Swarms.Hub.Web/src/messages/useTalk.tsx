import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Message, RoomClient } from 'swarms-hub-client';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { useAction } from '../shared/useAction';
import { MessageItem, type MessageRights } from './MessageItem';
import { useEarlierMessages } from './useEarlierMessages';

/** The messages of a room, and how one of them is drawn. */
export interface Talk {
  /** Those that the page holds, in sequence order. */
  readonly messages: readonly Message[];
  readonly item: (message: Message) => ReactNode;
  readonly earlier: ReturnType<typeof useEarlierMessages>;
  /** Why what was last done with a message failed. */
  readonly error: string | undefined;
}

export function useTalk(client: RoomClient, view: RoomViewModel): Talk {
  const earlier = useEarlierMessages(client, view.messages);
  const act = useAction(useCallback((action: () => Promise<unknown>) => action(), []));
  const { run } = act;
  const onAct = useCallback((action: () => Promise<unknown>) => void run(action), [run]);
  const { loadBackTo } = earlier;
  const wanted = useRef<number>(undefined);
  const onShow = useCallback(
    (sequence: number) => {
      if (showMessage(sequence)) return;

      wanted.current = sequence;
      loadBackTo(sequence);
    },
    [loadBackTo],
  );
  const messages = [...earlier.messages, ...view.messages];
  // What was sought may be there now.
  useEffect(() => {
    if (wanted.current !== undefined && showMessage(wanted.current)) wanted.current = undefined;
  }, [earlier.messages]);
  const bySequence = new Map<number, Message>(messages.map(message => [message.sequence, message]));
  const may = useMessageRights(view);
  const item = (message: Message) => (
    <MessageItem
      key={message.sequence}
      message={message}
      answered={message.replyTo === undefined ? undefined : bySequence.get(message.replyTo)}
      names={view.names}
      me={view.me?.id}
      may={may}
      client={client}
      onAct={onAct}
      onShow={onShow}
    />
  );
  return { messages, item, earlier, error: act.error };
}

function useMessageRights({ room, me }: RoomViewModel): MessageRights {
  const { canTalk, canUnreact, canTakeBack, canRemoveMessages } = rulesFor(room, me);
  return useMemo(() => ({ canTalk, canUnreact, canTakeBack, canRemoveMessages }), [canTalk, canUnreact, canTakeBack, canRemoveMessages]);
}

/** Leads to a message and lets it stand out for a moment. Returns whether it is on the page. */
export function showMessage(sequence: number): boolean {
  const message = document.querySelector<HTMLElement>(`[data-message="${sequence}"]`);
  if (!message) return false;

  message.closest('.runs, .message-list')?.dispatchEvent(new Event('leavefollowing'));
  message.scrollIntoView({ block: 'center' });
  message.focus({ preventScroll: true });
  for (const other of document.querySelectorAll('.message[data-shown]')) other.removeAttribute('data-shown');
  message.dataset['shown'] = 'true';
  return true;
}
