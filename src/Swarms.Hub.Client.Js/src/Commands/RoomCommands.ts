import type { RoomEndpoint } from '../Feed/RoomEndpoint.js';
import type { RoomWatch } from '../Feed/RoomWatch.js';
import type { Member } from '../Protocol/Members/Member.js';
import { RoomView } from '../State/RoomView.js';

/**
 * What the calls of every noun share. TypeScript has no partial classes: each noun's calls are a class of their own, and all are one chain
 * that ends in `RoomClient`.
 */
export abstract class RoomCommands {
  /** @internal */
  readonly endpoint: RoomEndpoint;
  /** @internal */
  readonly view = new RoomView();
  /** @internal */
  watched: RoomWatch | undefined;
  /** @internal */
  caller: Member | undefined;
  /** @internal The room ends for this member by its own call: the watch ends without an error then. */
  isEndWanted = false;

  /** @internal */
  constructor(endpoint: RoomEndpoint, caller: Member | undefined) {
    this.endpoint = endpoint;
    this.caller = caller;
  }

  /** @internal Makes a call that ends the room for this member. */
  async end(call: () => Promise<void>): Promise<void> {
    // Before the call: the hub may end the stream before it answers.
    this.isEndWanted = true;
    try {
      await call();
    } catch (error) {
      this.isEndWanted = false;
      throw error;
    }
  }
}
