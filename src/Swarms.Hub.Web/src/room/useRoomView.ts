import { useMemo } from 'react';
import type {
  BudgetWarnedPayload,
  ConnectionState,
  ConnectionTransport,
  HubClientError,
  Member,
  Message,
  Room,
  RoomAgent,
  RoomClient,
  RoomPresence,
  RoomSpending,
  Run,
  RunGroup,
} from 'swarms-hub-client';
import { useConnection, useIsStorageAvailable, useMe, usePresence, useRoom, useRoomState, useRuns } from 'swarms-hub-client/react';
import { useBudgetWarnings } from '../money/useBudgetWarnings';
import { hub } from '../shared/hub';
import { findVisited } from '../shared/visited';

/** The room as the page shows it. Unchanged parts keep their identity. A word more in a text changes none: the texts draw themselves. */
export interface RoomViewModel {
  readonly room: Room | undefined;
  readonly me: Member | undefined;
  readonly members: readonly Member[];
  /** The names of those who are members, and of those who were while something of the room names them. */
  readonly names: ReadonlyMap<string, string>;
  /** Their texts may be behind. */
  readonly runs: readonly Run[];
  readonly messages: readonly Message[];
  readonly agents: readonly RoomAgent[];
  readonly groups: readonly RunGroup[];
  readonly spending: RoomSpending | undefined;
  /** Those that this page was handed, under the present settings. */
  readonly budgetWarnings: readonly BudgetWarnedPayload[];
  readonly presence: RoomPresence | undefined;
  readonly connectionState: ConnectionState;
  readonly transport: ConnectionTransport;
  readonly isStorageAvailable: boolean;
  readonly refusal: HubClientError | undefined;
  /** When the connection was lost, by this device's clock; undefined while it is live. */
  readonly lostAt: number | undefined;
}

const none: readonly never[] = [];

/** Watches a room for as long as it is shown. */
export function useRoomView(roomId: string): { client: RoomClient; view: RoomViewModel } {
  const memberId = useMemo(() => findVisited(roomId)?.memberId, [roomId]);
  const client = useRoom(hub, roomId, { memberId });
  const connection = useConnection(client);
  const view = {
    room: useRoomState(client, state => state.room),
    me: useMe(client),
    members: useRoomState(client, state => state.members) ?? none,
    names: useNames(client),
    runs: useRuns(client),
    messages: useRoomState(client, state => state.messages) ?? none,
    agents: useRoomState(client, state => state.agents) ?? none,
    groups: useRoomState(client, state => state.groups) ?? none,
    spending: useRoomState(client, state => state.spending),
    budgetWarnings: useBudgetWarnings(client),
    presence: usePresence(client),
    connectionState: connection.state,
    transport: connection.transport,
    isStorageAvailable: useIsStorageAvailable(client),
    refusal: connection.state === 'ended' ? connection.error : undefined,
    lostAt: connection.lostAt,
  };
  return { client, view };
}

/** The names of a room's members by id. The same object until a name changes. */
function useNames(client: RoomClient): ReadonlyMap<string, string> {
  const members = useRoomState(client, state => state.members) ?? none;
  const former = useRoomState(client, state => state.formerMembers) ?? none;
  return useMemo(() => new Map([...former, ...members].map(({ id, name }) => [id, name])), [former, members]);
}
