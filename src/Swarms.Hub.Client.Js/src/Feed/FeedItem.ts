import type { LogFrame } from './FeedPosition.js';
import type { RoomUpdate } from '../State/RoomUpdate.js';

/** One thing that the feed read: a frame that has yet to be folded, or an update that is ready to be handed over. */
export type FeedItem = { readonly frame: LogFrame } | { readonly update: RoomUpdate };

export function isPresence(item: FeedItem): boolean {
  return 'update' in item && item.update.kind === 'presence';
}

/** How many events it counts for in `UpdateQueue`. */
export function weightOf(item: FeedItem): number {
  return 'frame' in item && item.frame.kind === 'events' ? item.frame.events.length : 1;
}
