import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { RoomStore, type RoomViewModel } from './RoomStore';

export type { RoomViewModel } from './RoomStore';

/** The store of the room that is open, for what shows texts as they grow. */
export const RoomStoreContext = createContext<RoomStore | undefined>(undefined);

export function useRoomStore(): RoomStore | undefined {
  return useContext(RoomStoreContext);
}

/** Watches a room for as long as it is shown. */
export function useRoom(roomId: string): { store: RoomStore; client: RoomClient; view: RoomViewModel } {
  const store = useMemo(() => new RoomStore(roomId), [roomId]);
  useEffect(() => store.start(), [store]);
  const view = useSyncExternalStore(store.subscribe, store.getView);
  return { store, client: store.client, view };
}
