import { HubClient } from 'swarms-hub-client';

/** The hub that served this page. It knows the caller by a cookie for each room. */
export const hub = new HubClient(location.origin, { session: 'cookie' });

/** The same, where creating a room takes the operator's key. */
export function hubOfOperator(operatorKey: string): HubClient {
  return operatorKey === '' ? hub : new HubClient(location.origin, { session: 'cookie', operatorKey });
}
