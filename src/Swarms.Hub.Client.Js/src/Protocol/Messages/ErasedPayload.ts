import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { Passage } from './Passage.js';

/** The data of an event whose own data was erased. What stays tells nothing of the text, and lets everybody fold the same state. */
export interface ErasedPayload {
  /** The sequence of the event that erased it: `message.edited`, `message.removed`, `run.removed` or `group.revealed`. */
  readonly erased: number;
  /** Of a `message.edited`: the sequence of its message. */
  readonly target?: number;
  /** Of a message or an edit: the length of its text in UTF-16 units. */
  readonly length?: number;
  /** Of a message that was edited: the sequence of the message that it answers. */
  readonly replyTo?: number;
  /** Of a message that was edited: the passage that it quotes. */
  readonly quote?: Passage;
}

export const ErasedPayload = {
  /** Reads the data of an event; undefined if it was not erased. */
  read(data: RoomEvent['data']): ErasedPayload | undefined {
    const erased = PayloadFields.number(data, 'erased');
    return erased === undefined
      ? undefined
      : {
          erased,
          ...given('target', PayloadFields.number(data, 'target')),
          ...given('length', PayloadFields.number(data, 'length')),
          ...given('replyTo', PayloadFields.number(data, 'replyTo')),
          ...given('quote', Passage.read(data, 'quote')),
        };
  },
};
