import type { SpendingFigures } from './SpendingFigures.js';

/** A room's spending, totalled by the hub. The rows are in order of each one's first run. */
export interface RoomSpending {
  /** The sums of the room. */
  readonly total: SpendingFigures;
  /** Those of each member, also of former ones. */
  readonly members: readonly SpendingFigures[];
  /** Those of each agent, by its name. */
  readonly agents: readonly SpendingFigures[];
  /** Those of each model. */
  readonly models: readonly SpendingFigures[];
}
