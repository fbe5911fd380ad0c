import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { type RunKind, RunKinds } from './RunKinds.js';
import { Usage } from './Usage.js';

/** The data of `run.removed`: all that sums and bounds still need of the run. */
export interface RunRemovedPayload {
  /** The run's id. The event belongs to the room, not to the run. */
  readonly run: string;
  /** One of `RunKinds`. */
  readonly kind: RunKind;
  /** The length of its text in UTF-16 units. */
  readonly textLength: number;
  /** Its figures; undefined if the upstream stated none. */
  readonly usage?: Usage;
}

export const RunRemovedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, 0 or undefined. */
  read(data: RoomEvent['data']): RunRemovedPayload {
    const usage = data.usage;
    return {
      run: PayloadFields.text(data, 'run') ?? '',
      kind: (PayloadFields.text(data, 'kind') ?? RunKinds.agent) as RunKind,
      textLength: PayloadFields.number(data, 'textLength') ?? 0,
      ...given('usage', isObject(usage) ? Usage.read(usage) : undefined),
    };
  },
};

function isObject(value: unknown): value is RoomEvent['data'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
