import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** The messages of the room that a run takes along. It has one of the two. */
export interface MessageInclusion {
  /** The sequence of the first message: this one and all later ones, as they stand when the run starts. */
  readonly since?: number;
  /** The sequences of chosen messages. */
  readonly messages?: readonly number[];
}

export const MessageInclusion = {
  /** The most messages that can be chosen. */
  maxMessages: 100,

  /** Reads the object of an event; undefined if it includes nothing. */
  read(include: RoomEvent['data']): MessageInclusion | undefined {
    const since = PayloadFields.number(include, 'since');
    const messages = PayloadFields.numbers(include, 'messages');
    if (since === undefined && messages.length === 0) return undefined;

    return { ...given('since', since), ...given('messages', messages.length > 0 ? messages : undefined) };
  },
};
