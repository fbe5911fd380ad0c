import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/** The data of `budget.warned`: a limit is used up to that part. Figures of the hub's own budget are left out. */
export interface BudgetWarnedPayload {
  /** One of `BudgetScopes`. */
  readonly scope: string;
  /** The member's id or the model; undefined for the room and the hub. */
  readonly key?: string;
  /** The part of the limit that is used up: 80. */
  readonly percent: number;
  /** The tokens that are used up, with what is held; undefined if the limit is one of cost. */
  readonly spentTokens?: number;
  /** The limit of tokens. */
  readonly limitTokens?: number;
  /** The cost that is used up, with what is held, a decimal as text; undefined if the limit is one of tokens. */
  readonly spentCost?: string;
  /** The limit of cost, a decimal as text. */
  readonly limitCost?: string;
}

export const BudgetWarnedPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty, 0 or undefined. */
  read(data: RoomEvent['data']): BudgetWarnedPayload {
    return {
      scope: PayloadFields.text(data, 'scope') ?? '',
      ...given('key', PayloadFields.text(data, 'key')),
      percent: PayloadFields.number(data, 'percent') ?? 0,
      ...given('spentTokens', PayloadFields.number(data, 'spentTokens')),
      ...given('limitTokens', PayloadFields.number(data, 'limitTokens')),
      ...given('spentCost', PayloadFields.text(data, 'spentCost')),
      ...given('limitCost', PayloadFields.text(data, 'limitCost')),
    };
  },
};
