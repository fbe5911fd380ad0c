import type { RoomClient } from 'swarms-hub-client';
import { Messages } from '../messages/Messages';
import { People } from '../people/People';
import type { RoomViewModel } from './useRoom';
import './SideColumn.css';

export function SideColumn({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  return (
    <aside className="side" aria-label="People and messages">
      <People client={client} view={view} />
      <Messages client={client} view={view} />
    </aside>
  );
}
