import type { ConnectionState } from '../Feed/ConnectionState.js';
import type { ConnectionTransport } from '../Feed/ConnectionTransport.js';
import type { HubClientError } from '../HubClientError.js';

/** How a room is connected. */
export interface RoomConnection {
  /** The state of the connection. */
  readonly state: ConnectionState;
  /** The transport of the connection, once it is live. */
  readonly transport: ConnectionTransport;
  /** The reason for the state, where there is one: why the hub cannot be reached, or why the room ended for this member. */
  readonly error: HubClientError | undefined;
  /** When a live connection was lost, in milliseconds by this device's clock; undefined while it is live, and before it first was. */
  readonly lostAt: number | undefined;
}
