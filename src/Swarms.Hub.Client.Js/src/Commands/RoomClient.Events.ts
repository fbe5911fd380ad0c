import type { EventPage } from '../Protocol/Feed/EventPage.js';
import { RoomClientSearch } from './RoomClient.Search.js';

export abstract class RoomClientEvents extends RoomClientSearch {
  /**
   * A page of the room's log, for a program that shows what happened before. `RoomState` folds the events, from the first one on. Erased
   * events are there without what was erased.
   */
  listEvents(after?: string, limit?: number): Promise<EventPage> {
    const parts = Object.entries({ after, limit }).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
    return this.endpoint.send('GET', `/events?${query}`, undefined, true);
  }
}
