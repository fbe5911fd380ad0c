import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { RoomStateMembers } from '../Members/RoomState.Members.js';
import { given } from '../PayloadFields.js';
import { ErasedPayload } from './ErasedPayload.js';
import type { Message } from './Message.js';
import { MessageEditedPayload } from './MessageEditedPayload.js';
import { MessagePayload } from './MessagePayload.js';
import { MessageRemovedPayload } from './MessageRemovedPayload.js';
import type { Passage } from './Passage.js';
import { ReactionPayload } from './ReactionPayload.js';

/** The newest messages and the reactions to them. */
export abstract class RoomStateMessages extends RoomStateMembers {
  /** The number of newest messages that are kept. */
  static readonly maxMessages = 200;
  /** The length of newest messages that is kept, in UTF-16 units: their texts, and the emoji and member ids of their reactions. */
  static readonly maxMessagesLength = 262_144;

  #messages: readonly Message[];
  // The lengths of texts that were erased, until the event that erased them comes: bounds then fold as for those who saw the text.
  readonly #erasedLengths = new Map<number, number>();
  #messagesLength: number;

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#messages = snapshot?.messages.map(ofSnapshot) ?? [];
    this.#messagesLength = this.#messages.reduce((sum, message) => sum + this.#lengthOf(message), 0);
  }

  /** The newest messages in sequence order. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** @internal */
  tryApplyToMessages(event: RoomEvent): boolean {
    const { at, data } = event;
    switch (event.type) {
      case EventTypes.message:
        this.#addMessage(event);
        return true;
      case EventTypes.messageEdited: {
        const { target, text } = MessageEditedPayload.read(data);
        this.#change(target, message => ({ ...message, text, editedAt: at }), ErasedPayload.read(data)?.length ?? 0);
        return true;
      }
      case EventTypes.messageRemoved:
        this.#change(MessageRemovedPayload.read(data).target, message => removed(message, event), 0);
        this.forgetUnnamed();
        return true;
      case EventTypes.reaction:
        this.#react(event, (message, emoji, by) => this.#withReaction(message, emoji, by));
        return true;
      case EventTypes.reactionRemoved:
        this.#react(event, withoutReaction);
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  override isNamed(id: string): boolean {
    return this.#messages.some(
      message => message.by === id || message.removedBy === id || message.reactions.some(reaction => reaction.by.includes(id)),
    );
  }

  /** @internal */
  abstract changeReaction(runId: string, type: string, emoji: string, passage: Passage, by: string): void;

  #addMessage({ sequence, at, by, data }: RoomEvent): void {
    const { text, ...references } = MessagePayload.read(data);
    const message: Message = { sequence, at, by: by ?? '', text, reactions: [], ...references };
    const erased = ErasedPayload.read(data)?.length;
    if (erased !== undefined) this.#erasedLengths.set(sequence, erased);

    this.#messages = [...this.#messages, message];
    this.#messagesLength += this.#lengthOf(message);
    this.#trimMessages();
  }

  #react({ type, by, data }: RoomEvent, change: (message: Message, emoji: string, by: string) => Message): void {
    const { emoji, target, passage } = ReactionPayload.read(data);
    if (by === undefined) return;

    if (passage) this.changeReaction(passage.run, type, emoji, passage, by);
    else this.#change(target, message => change(message, emoji, by));
  }

  #withReaction(message: Message, emoji: string, by: string): Message {
    const after = withReaction(message, emoji, by);
    // One message must leave the others some room: its further reactions are in the log only.
    return this.#lengthOf(after) > RoomStateMessages.maxMessagesLength ? message : after;
  }

  // A message that was removed, or is not kept any more, does not change.
  #change(target: number, change: (message: Message) => Message, erasedLength?: number): void {
    const before = this.#messages.find(message => message.sequence === target);
    if (!before || before.removedAt !== undefined) return;

    const after = change(before);
    this.#messagesLength -= this.#lengthOf(before);
    if (erasedLength === 0) this.#erasedLengths.delete(target);
    else if (erasedLength !== undefined) this.#erasedLengths.set(target, erasedLength);

    this.#messages = this.#messages.map(message => (message === before ? after : message));
    this.#messagesLength += this.#lengthOf(after);
    this.#trimMessages();
  }

  #trimMessages(): void {
    let first = 0;
    const { maxMessages, maxMessagesLength } = RoomStateMessages;
    for (const message of this.#messages) {
      const count = this.#messages.length - first;
      if (count <= maxMessages && (this.#messagesLength <= maxMessagesLength || count === 1)) break;

      this.#messagesLength -= this.#lengthOf(message);
      this.#erasedLengths.delete(message.sequence);
      first++;
    }
    if (first === 0) return;

    this.#messages = this.#messages.slice(first);
    this.forgetUnnamed();
  }

  #lengthOf({ sequence, text, reactions }: Message): number {
    const length = text.length + (this.#erasedLengths.get(sequence) ?? 0);
    return reactions.reduce((sum, { emoji, by }) => by.reduce((ids, id) => ids + id.length, sum + emoji.length), length);
  }
}

function ofSnapshot(message: Message): Message {
  const { sequence, at, by, text, reactions, replyTo, quote, editedAt, removedBy, removedAt } = message;
  return {
    sequence,
    at,
    by,
    text,
    reactions: reactions ?? [],
    ...given('replyTo', replyTo),
    ...given('quote', quote),
    ...given('editedAt', editedAt),
    ...given('removedBy', removedBy),
    ...given('removedAt', removedAt),
  };
}

function removed({ sequence, at, by }: Message, event: RoomEvent): Message {
  return { sequence, at, by, text: '', reactions: [], ...given('removedBy', event.by), removedAt: event.at };
}

function withReaction(message: Message, emoji: string, by: string): Message {
  const reaction = message.reactions.find(other => other.emoji === emoji);
  if (!reaction) return { ...message, reactions: [...message.reactions, { emoji, by: [by] }] };

  return reaction.by.includes(by)
    ? message
    : { ...message, reactions: message.reactions.map(other => (other === reaction ? { emoji, by: [...other.by, by] } : other)) };
}

function withoutReaction(message: Message, emoji: string, by: string): Message {
  const reactions = message.reactions
    .map(reaction => (reaction.emoji === emoji ? { emoji, by: reaction.by.filter(id => id !== by) } : reaction))
    .filter(reaction => reaction.by.length > 0);
  return { ...message, reactions };
}
