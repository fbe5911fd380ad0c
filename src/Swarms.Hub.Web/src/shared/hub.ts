import { HubClient } from 'swarms-hub-client';
import { base } from './base';

/** The hub that served this page. A cookie for each room tells it who calls. */
export const hub = new HubClient(base, { session: 'cookie' });

/** The same hub, called with the operator's key: some hubs want it before they create a room. */
export function hubOfOperator(operatorKey: string): HubClient {
  return operatorKey === '' ? hub : new HubClient(base, { session: 'cookie', operatorKey });
}
