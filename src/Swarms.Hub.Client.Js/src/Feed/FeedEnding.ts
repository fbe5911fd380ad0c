import { HubClientError } from '../HubClientError.js';

/**
 * Why one connection's stream is over, and so what comes next. `lost`: it broke, or the hub closed it; reconnect and
 * resume. `refused`: never again. `snapshotWanted`: what came does not continue what is held; reconnect without a cursor.
 * `draining`: the hub is stopping and this viewer's turn to leave has come. `full`: the program is too slow; wait for it,
 * then resume. `stopped`: nobody watches any more.
 */
export type FeedEnding =
  | { readonly kind: 'lost'; readonly error?: HubClientError }
  | { readonly kind: 'refused'; readonly error: HubClientError }
  | { readonly kind: 'snapshotWanted' | 'draining' | 'full' | 'stopped' };

export function lost(error: unknown): FeedEnding {
  return error === undefined ? { kind: 'lost' } : { kind: 'lost', error: HubClientError.fromHub(error) };
}
