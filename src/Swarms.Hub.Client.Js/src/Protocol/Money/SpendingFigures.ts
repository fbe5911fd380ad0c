import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** Sums over runs, by the hub. They count only what the upstream stated; runs of which it stated nothing are counted beside the sums. */
export interface SpendingFigures {
  /**
   * The member's id, or the name of the agent or model; undefined for the room, for runs that name none, and for all beyond
   * `RoomState.maxSpendingRows`.
   */
  readonly key?: string;
  /** The number of runs, whether their usage is known or not. */
  readonly runs: number;
  /** The tokens of the requests. */
  readonly inputTokens: number;
  /** The tokens of the answers. */
  readonly outputTokens: number;
  /** Both together, as stated. */
  readonly totalTokens: number;
  /** The cost, a decimal as text; null if no run has a known one, or the reader may not see it. */
  readonly cost: string | null;
  /** The number of runs whose tokens are unknown. */
  readonly unknownTokens: number;
  /** The number of runs whose cost is unknown. */
  readonly unknownCosts: number;
  /** The tokens that runs of unknown usage keep reserved. */
  readonly heldTokens: number;
  /** The cost that runs of unknown usage keep reserved, a decimal as text; null if there is none. */
  readonly heldCost: string | null;
}

export const SpendingFigures = {
  /** Reads the object of an event. A field that is missing or of another type is 0 or null. */
  read(figures: RoomEvent['data']): SpendingFigures {
    return {
      ...given('key', PayloadFields.text(figures, 'key')),
      runs: PayloadFields.number(figures, 'runs') ?? 0,
      inputTokens: PayloadFields.number(figures, 'inputTokens') ?? 0,
      outputTokens: PayloadFields.number(figures, 'outputTokens') ?? 0,
      totalTokens: PayloadFields.number(figures, 'totalTokens') ?? 0,
      cost: PayloadFields.text(figures, 'cost') ?? null,
      unknownTokens: PayloadFields.number(figures, 'unknownTokens') ?? 0,
      unknownCosts: PayloadFields.number(figures, 'unknownCosts') ?? 0,
      heldTokens: PayloadFields.number(figures, 'heldTokens') ?? 0,
      heldCost: PayloadFields.text(figures, 'heldCost') ?? null,
    };
  },
};
