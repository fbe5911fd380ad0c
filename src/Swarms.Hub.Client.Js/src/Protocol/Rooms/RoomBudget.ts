import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';

/**
 * The limits of a room's spending; what is undefined has no limit. Amounts of money are decimals as text, in the currency in which the
 * upstream states costs.
 */
export interface RoomBudget {
  /** The cost of all runs together. */
  readonly roomCost?: string;
  /** The tokens of all runs together. */
  readonly roomTokens?: number;
  /** The cost of each member's runs. */
  readonly memberCost?: string;
  /** The tokens of each member's runs. */
  readonly memberTokens?: number;
  /** The cost of the runs with each model. */
  readonly modelCost?: string;
  /** The tokens of the runs with each model. */
  readonly modelTokens?: number;
  /** The runs that each member may start within an hour. */
  readonly memberRunsPerHour?: number;
  /** The runs that may run at the same time; the others wait. */
  readonly parallelRuns?: number;
  /** The highest `max_tokens` of a request, which one without it gets. */
  readonly maxTokens?: number;
  /** The models that runs may name, in alphabetical order; undefined for all. */
  readonly models?: readonly string[];
  /** True if running runs are cancelled when a limit of cost or tokens is reached. */
  readonly hardStop?: boolean;
}

export const RoomBudget = {
  /** The most models that can be named. */
  maxModels: 100,

  /** Reads the object of an event. A field that is missing or of another type is undefined. */
  read(budget: RoomEvent['data']): RoomBudget {
    return {
      ...given('roomCost', PayloadFields.text(budget, 'roomCost')),
      ...given('roomTokens', PayloadFields.number(budget, 'roomTokens')),
      ...given('memberCost', PayloadFields.text(budget, 'memberCost')),
      ...given('memberTokens', PayloadFields.number(budget, 'memberTokens')),
      ...given('modelCost', PayloadFields.text(budget, 'modelCost')),
      ...given('modelTokens', PayloadFields.number(budget, 'modelTokens')),
      ...given('memberRunsPerHour', PayloadFields.number(budget, 'memberRunsPerHour')),
      ...given('parallelRuns', PayloadFields.number(budget, 'parallelRuns')),
      ...given('maxTokens', PayloadFields.number(budget, 'maxTokens')),
      ...given('models', PayloadFields.optionalTexts(budget, 'models')),
      ...given('hardStop', PayloadFields.isTrue(budget, 'hardStop') || undefined),
    };
  },
};
