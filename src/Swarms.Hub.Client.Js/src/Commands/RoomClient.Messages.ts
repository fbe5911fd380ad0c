import type { EditMessageRequest } from '../Protocol/Messages/EditMessageRequest.js';
import type { MessagePage } from '../Protocol/Messages/MessagePage.js';
import type { MessageSaid } from '../Protocol/Messages/MessageSaid.js';
import type { Passage } from '../Protocol/Messages/Passage.js';
import type { ReactRequest } from '../Protocol/Messages/ReactRequest.js';
import type { SayRequest } from '../Protocol/Messages/SayRequest.js';
import { given } from '../Protocol/PayloadFields.js';
import { RoomClientTokens } from './RoomClient.Tokens.js';

export abstract class RoomClientMessages extends RoomClientTokens {
  /** Says something in the room and returns its sequence. */
  async say(text: string, { replyTo, quote }: Omit<SayRequest, 'text' | 'cursor'> = {}): Promise<number> {
    const latest = Math.max(replyTo ?? 0, quote?.to ?? 0);
    const cursor = latest === 0 ? undefined : this.view.cursorFor(latest);
    const body: SayRequest = { text, ...given('replyTo', replyTo), ...given('quote', quote), ...given('cursor', cursor) };
    return (await this.endpoint.send<MessageSaid>('POST', '/messages', body)).sequence;
  }

  /** Messages as they stand: the newest, or those before one. */
  listMessages(before?: number, limit?: number): Promise<MessagePage> {
    const parts = Object.entries({ before, limit }).filter(([, value]) => value !== undefined);
    return this.endpoint.send('GET', `/messages?${parts.map(([name, value]) => `${name}=${value}`).join('&')}`, undefined, true);
  }

  /** Changes the text of the caller's own message. The earlier text is erased. */
  editMessage(target: number, text: string): Promise<void> {
    const body: EditMessageRequest = { text, ...given('cursor', this.view.cursorFor(target)) };
    return this.endpoint.done('PATCH', `/messages/${target}`, body, true);
  }

  /** Removes a message: the caller's own, or as a host any. Its text is erased. */
  removeMessage(target: number): Promise<void> {
    const cursor = this.view.cursorFor(target);
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    return this.endpoint.done('DELETE', `/messages/${target}${query}`, undefined, true);
  }

  /**
   * Reacts to an event, by its sequence. Refused with `conflict` where the hub's history is no longer the one that was handed over: the
   * sequence may be another event's there. Repeats the call by itself where it may not have arrived, which is safe because a second
   * identical reaction appends nothing.
   */
  react(target: number | Passage, emoji: string): Promise<void> {
    return this.endpoint.done('POST', '/reactions', this.#requestOf(target, emoji), true);
  }

  /** Takes the caller's own reaction to an event back. */
  unreact(target: number | Passage, emoji: string): Promise<void> {
    return this.endpoint.done('POST', '/reactions/take-back', this.#requestOf(target, emoji), true);
  }

  #requestOf(target: number | Passage, emoji: string): ReactRequest {
    if (typeof target === 'number') return { target, emoji, ...given('cursor', this.view.cursorFor(target)) };

    return { target: target.from, emoji, passage: target, ...given('cursor', this.view.cursorFor(target.to)) };
  }
}
