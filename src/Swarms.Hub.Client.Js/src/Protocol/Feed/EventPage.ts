import type { RoomEvent } from './RoomEvent.js';

/** One page of a room's events. */
export interface EventPage {
  /** The events in sequence order. */
  readonly events: readonly RoomEvent[];
  /** The cursor at which the next page begins. */
  readonly cursor: string;
}
