import { unlessAborted } from '../Feed/Deadline.js';
import type { FeedConnection } from '../Feed/FeedConnection.js';
import { NetworkFault } from '../Feed/NetworkFault.js';
import { HubClientError } from '../HubClientError.js';
import { RoomCommands } from './RoomCommands.js';

export abstract class RoomClientHands extends RoomCommands {
  /** Raises the caller's hand. */
  raiseHand(): Promise<void> {
    return this.#invoke('RaiseHand');
  }

  /** Lowers the caller's hand. */
  lowerHand(memberId?: string): Promise<void> {
    return memberId === undefined
      ? this.#invoke('LowerHand')
      : this.endpoint.done('DELETE', `/hands/${encodeURIComponent(memberId)}`, undefined, true);
  }

  /** Lowers all hands. Hosts. */
  lowerAllHands(): Promise<void> {
    return this.endpoint.done('DELETE', '/hands', undefined, true);
  }

  async #invoke(method: string): Promise<void> {
    this.endpoint.throwIfClosed();
    await unlessAborted(this.#invokeCore(method), this.endpoint.stopping);
    this.endpoint.throwIfClosed();
  }

  /**
   * Calls the hub over the watch's connection. Opens one for the call where there is none or it breaks: a hand that is raised twice is
   * raised once.
   */
  async #invokeCore(method: string): Promise<void> {
    const open = this.watched?.connection;
    try {
      if (open) {
        await this.#call(open, method);
        return;
      }
    } catch (error) {
      if (!(error instanceof HubClientError) || error.code !== HubClientError.hubUnreachable) throw error;

      // The connection below fails too where it is more than this one.
    }

    const connection = this.endpoint.connect();
    try {
      await this.endpoint.open(connection);
      await this.#call(connection, method);
    } finally {
      connection.close().catch(() => {});
    }
  }

  async #call(connection: FeedConnection, method: string): Promise<void> {
    try {
      await connection.invoke(method, [this.endpoint.roomId]);
    } catch (error) {
      throw NetworkFault.is(error) ? HubClientError.fromHub(error) : error;
    }
  }
}
