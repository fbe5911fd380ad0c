import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { Passage } from './Passage.js';

/** The data of `message`. */
export interface MessagePayload {
  /** The text. */
  readonly text: string;
  /** The sequence of the message that it answers; undefined if it answers none. */
  readonly replyTo?: number;
  /** The passage that it quotes; undefined if it quotes none. */
  readonly quote?: Passage;
}

export const MessagePayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, or undefined. */
  read(data: RoomEvent['data']): MessagePayload {
    return {
      text: PayloadFields.text(data, 'text') ?? '',
      ...given('replyTo', PayloadFields.number(data, 'replyTo')),
      ...given('quote', Passage.read(data, 'quote')),
    };
  },
};
