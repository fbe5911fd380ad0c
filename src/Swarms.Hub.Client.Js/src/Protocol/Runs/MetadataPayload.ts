import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `metadata`. */
export interface MetadataPayload {
  /** The upstream's id of the job. */
  readonly jobId?: string;
  /** The upstream's name of the agent or swarm. */
  readonly name?: string;
  /**
   * The reason why the model stopped, where it was not done: `length`, `content_filter`, `tool_calls`, or another word of the upstream.
   * Undefined unless one is stated.
   */
  readonly finishReason?: string;
}

export const MetadataPayload = {
  /** Reads the data of an event. A field that is missing or of another type is undefined. */
  read(data: RoomEvent['data']): MetadataPayload {
    return {
      ...given('jobId', PayloadFields.text(data, 'jobId')),
      ...given('name', PayloadFields.text(data, 'name')),
      ...given('finishReason', PayloadFields.text(data, 'finishReason')),
    };
  },
};
