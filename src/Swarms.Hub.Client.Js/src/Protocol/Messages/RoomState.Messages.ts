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

  #messages: readonly Message[];

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#messages =
      snapshot?.messages.map(({ sequence, at, by, text, reactions }) => ({ sequence, at, by, text, reactions: reactions ?? [] })) ?? [];
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
    const isFull = this.#messages.length >= RoomStateMessages.maxMessages;
    this.#messages = [...this.#messages.slice(1 - RoomStateMessages.maxMessages), { sequence, at, by: by ?? '', text, reactions: [] }];
    if (isFull) this.forgetUnnamed();
  }

  #addReaction({ by, data }: RoomEvent): void {
    const { emoji, target } = ReactionPayload.read(data);
    if (by === undefined) return;

    this.#messages = this.#messages.map(message => {
      if (message.sequence !== target) return message;

      const reaction = message.reactions.find(other => other.emoji === emoji);
      if (!reaction) return { ...message, reactions: [...message.reactions, { emoji, by: [by] }] };

      return reaction.by.includes(by)
        ? message
        : { ...message, reactions: message.reactions.map(other => (other === reaction ? { emoji, by: [...other.by, by] } : other)) };
    });
  }
}
