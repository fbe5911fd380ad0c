import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { Passage } from './Passage.js';

/** The data of `reaction` and `reaction.removed`. */
export interface ReactionPayload {
  /** The reaction. */
  readonly emoji: string;
  /** The sequence of the event reacted to; of a passage, its first chunk. */
  readonly target: number;
  /** The passage reacted to; undefined if it is the event as a whole. */
  readonly passage?: Passage;
}

export const ReactionPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, 0 or undefined. */
  read(data: RoomEvent['data']): ReactionPayload {
    return {
      emoji: PayloadFields.text(data, 'emoji') ?? '',
      target: PayloadFields.number(data, 'target') ?? 0,
      ...given('passage', Passage.read(data, 'passage')),
    };
  },
};
