import type { RoomClient } from 'swarms-hub-client';
import { Messages } from './Messages';
import { People } from './People';
import type { RoomViewModel } from './useRoom';

export function SideColumn({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  return (
    <aside className="side" aria-label="People and messages">
      <People client={client} view={view} />
      <Messages client={client} view={view} />
    </aside>
  );
}
