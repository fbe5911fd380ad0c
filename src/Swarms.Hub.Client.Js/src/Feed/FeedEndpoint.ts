import type { Options } from '../HubClientOptions.js';
import type { FeedConnection } from './FeedConnection.js';

/** The way to a room, as far as a feed needs it. */
export interface FeedEndpoint {
  readonly roomId: string;
  /** True for an embed: events of others are left out, and the feed is told of no head. */
  readonly isOfEmbed: boolean;
  readonly options: Pick<Options, 'maxReconnectDelay'>;
  /** A new connection, not yet open. */
  connect(): FeedConnection;
  /** Opens a connection; false where the next one takes another transport. */
  open(connection: FeedConnection): Promise<boolean>;
  /** Tries whether WebSockets open again. */
  passesWebSockets(signal: AbortSignal): Promise<boolean>;
}
