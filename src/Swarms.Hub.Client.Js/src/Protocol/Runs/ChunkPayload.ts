import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `chunk`. */
export interface ChunkPayload {
  /** The next piece of the run's text. */
  readonly content: string;
  /** The agent who wrote it; undefined unless the upstream names one. */
  readonly agent?: string;
}

export const ChunkPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): ChunkPayload {
    return { content: PayloadFields.text(data, 'content') ?? '', ...given('agent', PayloadFields.text(data, 'agent')) };
  },
};
