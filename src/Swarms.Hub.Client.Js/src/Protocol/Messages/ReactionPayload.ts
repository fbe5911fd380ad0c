import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `reaction`. */
export interface ReactionPayload {
  /** The reaction. */
  readonly emoji: string;
  /** The sequence of the event reacted to. */
  readonly target: number;
}

export const ReactionPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, or 0. */
  read(data: RoomEvent['data']): ReactionPayload {
    return { emoji: PayloadFields.text(data, 'emoji') ?? '', target: PayloadFields.number(data, 'target') ?? 0 };
  },
};
