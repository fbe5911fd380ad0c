import { createContext, useContext, useEffect, useMemo } from 'react';
import type { RoomClient } from 'swarms-hub-client';
import { FirstWords } from './FirstWords';

/** The room that is open, for what shows texts as they grow. */
export interface OpenedRoom {
  readonly client: RoomClient;
  readonly firstWords: FirstWords;
}

/** Hands the room down to its texts. */
export const OpenedRoomContext = createContext<OpenedRoom | undefined>(undefined);

/** Returns the room that is open around a component. */
export function useOpenedRoom(): OpenedRoom | undefined {
  return useContext(OpenedRoomContext);
}

/** Makes what the texts of a room need, from its first event on. */
export function useOpening(client: RoomClient): OpenedRoom {
  const opened = useMemo(() => ({ client, firstWords: new FirstWords() }), [client]);
  useEffect(() => opened.client.onUpdate(update => update.kind === 'events' && opened.firstWords.see(update.events)), [opened]);
  return opened;
}
