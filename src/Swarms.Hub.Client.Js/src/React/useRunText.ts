import { useSyncExternalStore } from 'react';
import type { RoomClient } from '../RoomClient.js';
import type { GrowingText } from './GrowingText.js';
import { storeOf } from './RoomStore.js';

/**
 * The text of a run as it grows, or of one of its agents (null is the agent without a name). Empty where the room holds none. A chunk
 * draws again only the components that read its run.
 */
export function useRunText(room: RoomClient, runId: string, agent?: string | null): string {
  const text = growingText(room, runId, agent);
  return useSyncExternalStore(text.subscribe, text.get, () => '');
}

/** The text of a run as it grows, for code that draws it without React. The same object each time. */
export function growingText(room: RoomClient, runId: string, agent?: string | null): GrowingText {
  return storeOf(room).text(runId, agent);
}
