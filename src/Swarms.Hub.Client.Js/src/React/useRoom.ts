import { useEffect, useMemo } from 'react';
import type { HubClient } from '../HubClient.js';
import type { RoomClient } from '../RoomClient.js';
import { storeOf } from './RoomStore.js';

/** How to open a room. */
export interface UseRoomOptions {
  /** The token of a member; left out where the page's cookie stands for the caller. */
  readonly token?: string | undefined;
  /** The id of the caller's member, if the program remembers it. Without it the hub is asked before the room is watched. */
  readonly memberId?: string | undefined;
}

/**
 * Opens a room that the caller was admitted to, and watches it while the component is mounted. Nothing is sent on a server. Call it once
 * for a room and hand the room to the other hooks, which all share its one connection. Its methods are the commands.
 */
export function useRoom(hub: HubClient, roomId: string, options: UseRoomOptions = {}): RoomClient {
  const { token, memberId } = options;
  const room = useMemo(() => hub.openRoom(roomId, token), [hub, roomId, token]);
  useEffect(() => storeOf(room).hold(memberId), [room, memberId]);
  return room;
}
