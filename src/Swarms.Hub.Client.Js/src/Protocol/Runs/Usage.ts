import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The figures that the upstream states; null if it does not. No cost is computed from a price. */
export interface Usage {
  /** The tokens of the request. */
  readonly inputTokens: number | null;
  /** The tokens of the answer. */
  readonly outputTokens: number | null;
  /** Both together. */
  readonly totalTokens: number | null;
  /** In the upstream's currency (US dollars on the Swarms API). */
  readonly cost: number | null;
}

export const Usage = {
  /** Reads the data of a `usage` event. A figure that is missing or of another type is one that is not stated. */
  read(data: RoomEvent['data']): Usage {
    return {
      inputTokens: PayloadFields.number(data, 'inputTokens') ?? null,
      outputTokens: PayloadFields.number(data, 'outputTokens') ?? null,
      totalTokens: PayloadFields.number(data, 'totalTokens') ?? null,
      cost: PayloadFields.figure(data, 'cost') ?? null,
    };
  },
};
