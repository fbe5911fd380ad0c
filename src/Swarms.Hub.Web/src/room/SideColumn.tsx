import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Messages } from '../messages/Messages';
import { People } from '../people/People';
import { prefer } from '../settings/preferences';
import type { RoomViewModel } from './useRoomView';
import './SideColumn.css';

interface SideColumnProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  /** Whether the messages are here, and not within the runs. */
  readonly hasMessages: boolean;
}

export function SideColumn({ client, view, hasMessages }: SideColumnProps) {
  const { t } = useLanguage();
  return (
    <section className="side" aria-label={t(hasMessages ? 'room.side' : 'people.title')}>
      <People client={client} view={view} />
      {hasMessages ? (
        <Messages client={client} view={view} />
      ) : (
        <button className="quiet not-narrow" onClick={() => prefer({ messages: 'beside' })}>
          {t('messages.toBeside')}
        </button>
      )}
    </section>
  );
}
