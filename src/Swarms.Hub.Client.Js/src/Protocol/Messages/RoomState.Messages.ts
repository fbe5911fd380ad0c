import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { RoomStateMembers } from '../Members/RoomState.Members.js';
import type { Message } from './Message.js';
import { MessagePayload } from './MessagePayload.js';
import { ReactionPayload } from './ReactionPayload.js';

/** The newest messages and the reactions to them. */
export abstract class RoomStateMessages extends RoomStateMembers {
  /** The number of newest messages that are kept. */
  static readonly maxMessages = 200;
  /** The length of newest messages that is kept, in UTF-16 units: their texts, and the emoji and member ids of their reactions. */
  static readonly maxMessagesLength = 262_144;

  #messages: readonly Message[];
  #messagesLength: number;

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#messages =
      snapshot?.messages.map(({ sequence, at, by, text, reactions }) => ({ sequence, at, by, text, reactions: reactions ?? [] })) ?? [];
    this.#messagesLength = this.#messages.reduce((sum, message) => sum + lengthOf(message), 0);
  }

  /** The newest messages in sequence order. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** @internal */
  tryApplyToMessages(event: RoomEvent): boolean {
    switch (event.type) {
      case EventTypes.message:
        this.#addMessage(event);
        return true;
      case EventTypes.reaction:
        this.#addReaction(event);
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  override isNamed(id: string): boolean {
    return this.#messages.some(message => message.by === id || message.reactions.some(reaction => reaction.by.includes(id)));
  }

  #addMessage({ sequence, at, by, data }: RoomEvent): void {
    const { text } = MessagePayload.read(data);
    const message = { sequence, at, by: by ?? '', text, reactions: [] };
    this.#messages = [...this.#messages, message];
    this.#messagesLength += lengthOf(message);
    this.#trimMessages();
  }

  #addReaction({ by, data }: RoomEvent): void {
    const { emoji, target } = ReactionPayload.read(data);
    if (by === undefined) return;

    const message = this.#messages.find(other => other.sequence === target);
    if (!message) return;

    const after = withReaction(message, emoji, by);
    // One message must leave the others some room: its further reactions are in the log only.
    if (lengthOf(after) > RoomStateMessages.maxMessagesLength) return;

    this.#messages = this.#messages.map(other => (other === message ? after : other));
    this.#messagesLength += lengthOf(after) - lengthOf(message);
    this.#trimMessages();
  }

  #trimMessages(): void {
    let first = 0;
    const { maxMessages, maxMessagesLength } = RoomStateMessages;
    for (const message of this.#messages) {
      const count = this.#messages.length - first;
      if (count <= maxMessages && (this.#messagesLength <= maxMessagesLength || count === 1)) break;

      this.#messagesLength -= lengthOf(message);
      first++;
    }
    if (first === 0) return;

    this.#messages = this.#messages.slice(first);
    this.forgetUnnamed();
  }
}

function withReaction(message: Message, emoji: string, by: string): Message {
  const reaction = message.reactions.find(other => other.emoji === emoji);
  if (!reaction) return { ...message, reactions: [...message.reactions, { emoji, by: [by] }] };

  return reaction.by.includes(by)
    ? message
    : { ...message, reactions: message.reactions.map(other => (other === reaction ? { emoji, by: [...other.by, by] } : other)) };
}

function lengthOf({ text, reactions }: Message): number {
  return reactions.reduce((sum, { emoji, by }) => by.reduce((ids, id) => ids + id.length, sum + emoji.length), text.length);
}
