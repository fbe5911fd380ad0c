import { useState, useSyncExternalStore } from 'react';
import type { Member } from '../Protocol/Members/Member.js';
import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { Run } from '../Protocol/Runs/Run.js';
import type { RoomClient } from '../RoomClient.js';
import type { RoomSnapshot } from '../State/RoomSnapshot.js';
import type { RoomConnection } from './RoomConnection.js';
import { blank, type RoomPicture, storeOf } from './RoomStore.js';
import { Selection } from './Selection.js';

/**
 * A part of the room's state; undefined before the first snapshot. The component is drawn again when the part is another one by `isEqual`,
 * at most once for each frame of the screen. Like every hook with a room, it watches the room while the component is mounted.
 *
 * @example
 * const names = useRoomState(room, state => state.members.map(member => member.name).join());
 */
export function useRoomState<T>(
  room: RoomClient,
  select: (state: RoomSnapshot) => T,
  isEqual: (one: T, other: T) => boolean = Object.is,
): T | undefined {
  const store = storeOf(room);
  const [selection] = useState(() => new Selection<RoomSnapshot, T>());
  return useSyncExternalStore(
    store.subscribe,
    () => selection.of(store.getPicture().state, select, isEqual),
    () => undefined,
  );
}

/**
 * The room's runs, in order. The same array while their texts do nothing but grow, so a list of runs is not drawn again for each chunk;
 * the texts in it may be behind. `useRunText` has a text as it grows.
 */
export function useRuns(room: RoomClient): readonly Run[] {
  return usePicture(room, picture => picture.runs);
}

/** The caller as a member of the room, with its present name and role; undefined until it is known. */
export function useMe(room: RoomClient): Member | undefined {
  return usePicture(room, picture => picture.me);
}

/** Those who watch now; undefined before the hub said so. */
export function usePresence(room: RoomClient): RoomPresence | undefined {
  return usePicture(room, picture => picture.presence);
}

/** How the room is connected. */
export function useConnection(room: RoomClient): RoomConnection {
  return usePicture(room, picture => picture.connection);
}

/** False while the hub says that its storage takes no writes: nothing new is shown then, and nothing is lost. */
export function useIsStorageAvailable(room: RoomClient): boolean {
  return usePicture(room, picture => picture.isStorageAvailable);
}

/** Whether a finished run's text is the one that its digest states; undefined while there is nothing to compare. */
export function useIsVerified(room: RoomClient, runId: string): boolean | undefined {
  return useSyncExternalStore(
    storeOf(room).subscribe,
    () => room.isVerified(runId),
    () => undefined,
  );
}

function usePicture<T>(room: RoomClient, pick: (picture: RoomPicture) => T): T {
  const store = storeOf(room);
  return useSyncExternalStore(
    store.subscribe,
    () => pick(store.getPicture()),
    () => pick(blank),
  );
}
