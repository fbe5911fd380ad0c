import { lazy, Suspense } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { rulesFor } from './rules';
import type { RoomViewModel } from './useRoomView';

const Settings = lazy(() => import('../settings/Settings'));
const InviteDialog = lazy(() => import('../people/InviteDialog'));
const AgentsDialog = lazy(() => import('../agents/AgentsDialog'));
const SearchDialog = lazy(() => import('../search/SearchDialog'));
const ConnectUpstream = lazy(() => import('../upstream/ConnectUpstream'));
const Rights = lazy(() => import('./turns/Rights'));
const Keys = lazy(() => import('./keys/Keys'));
const SpendingDialog = lazy(() => import('../money/SpendingDialog'));
const RoomRulesDialog = lazy(() => import('../settings/RoomRulesDialog'));
const FiguresDialog = lazy(() => import('../figures/FiguresDialog'));
const ExportsDialog = lazy(() => import('../exports/ExportsDialog'));
const AttendanceDialog = lazy(() => import('../attendance/AttendanceDialog'));

export type RoomDialog =
  'figures' | 'exports' | 'attendance' | 'settings' | 'spending' | 'rules' | 'invite' | 'agents' | 'search' | 'keys' | 'connect' | 'rights';

interface RoomDialogsProps {
  readonly open: RoomDialog | undefined;
  readonly onClose: () => void;
  readonly client: RoomClient;
  readonly view: RoomViewModel;
}

/** The dialogs of a room. Their code is loaded when one is first opened. */
export function RoomDialogs({ open, onClose, client, view }: RoomDialogsProps) {
  const rules = rulesFor(view.room, view.me);
  return (
    <Suspense>
      {open === 'settings' && <Settings onClose={onClose} />}
      {open === 'rules' && <RoomRulesDialog client={client} view={view} onClose={onClose} />}
      {open === 'spending' && rules.seesMoney && <SpendingDialog view={view} onClose={onClose} />}
      {open === 'invite' && <InviteDialog client={client} room={view.room?.name ?? ''} members={view.members} onClose={onClose} />}
      {open === 'agents' && <AgentsDialog client={client} agents={view.agents} canChange={rules.canChangeAgents} onClose={onClose} />}
      {open === 'search' && <SearchDialog client={client} view={view} onClose={onClose} />}
      {open === 'figures' && <FiguresDialog client={client} view={view} onClose={onClose} />}
      {open === 'exports' && <ExportsDialog client={client} view={view} onClose={onClose} />}
      {open === 'attendance' && view.me?.role === 'host' && <AttendanceDialog client={client} onClose={onClose} />}
      {open === 'connect' && <ConnectUpstream onClose={onClose} />}
      {open === 'rights' && <Rights room={view.room} onClose={onClose} />}
      {open === 'keys' && <Keys onClose={onClose} />}
    </Suspense>
  );
}
