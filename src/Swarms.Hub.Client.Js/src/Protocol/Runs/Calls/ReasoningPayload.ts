import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { given, PayloadFields } from '../../PayloadFields.js';

/** The data of `reasoning`. */
export interface ReasoningPayload {
  /** The next piece of the model's reasoning. It is no part of the run's text. */
  readonly content: string;
  /** The agent who reasons; undefined unless the upstream names one. */
  readonly agent?: string;
}

export const ReasoningPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): ReasoningPayload {
    return { content: PayloadFields.text(data, 'content') ?? '', ...given('agent', PayloadFields.text(data, 'agent')) };
  },
};
