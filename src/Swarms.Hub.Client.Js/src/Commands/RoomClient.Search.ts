import type { SearchPage } from '../Protocol/Search/SearchPage.js';
import { RoomClientAgents } from './RoomClient.Agents.js';
import type { RoomSearch } from './RoomSearch.js';

export abstract class RoomClientSearch extends RoomClientAgents {
  /**
   * Searches runs, messages, agents and members. A page has the newest results, the best of them first; case and accents make no
   * difference.
   */
  search(text: string, { kind, by, agent, state, from, to, before, limit }: RoomSearch = {}): Promise<SearchPage> {
    const parts = Object.entries({ q: text, kind, by, agent, state, from, to, before, limit }).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
    return this.endpoint.send('GET', `/search?${query}`, undefined, true);
  }
}
