import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Messages } from '../messages/Messages';
import { People } from '../people/People';
import type { RoomViewModel } from './useRoomView';
import './SideColumn.css';

export function SideColumn({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  return (
    <section className="side" aria-label={t('room.side')}>
      <People client={client} view={view} />
      <Messages client={client} view={view} />
    </section>
  );
}
