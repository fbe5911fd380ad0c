import type { MessageSaid } from '../Protocol/Messages/MessageSaid.js';
import type { ReactRequest } from '../Protocol/Messages/ReactRequest.js';
import type { SayRequest } from '../Protocol/Messages/SayRequest.js';
import { RoomClientTokens } from './RoomClient.Tokens.js';

export abstract class RoomClientMessages extends RoomClientTokens {
  /** Says something in the room and returns its sequence. */
  async say(text: string): Promise<number> {
    const body: SayRequest = { text };
    return (await this.endpoint.send<MessageSaid>('POST', '/messages', body)).sequence;
  }

  /**
   * Reacts to an event, by its sequence. Refused with `conflict` where the hub's history is no longer the one that was handed over: the
   * sequence may be another event's there. Repeats the call by itself where it may not have arrived, which is safe because a second
   * identical reaction appends nothing.
   */
  react(target: number, emoji: string): Promise<void> {
    const cursor = this.view.cursorFor(target);
    const body: ReactRequest = { target, emoji, ...(cursor === undefined ? {} : { cursor }) };
    return this.endpoint.done('POST', '/reactions', body, true);
  }
}
