import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { SnapshotFrame } from '../Feed/RoomFrame.js';
import { RoomStateAgents } from '../Agents/RoomState.Agents.js';
import type { RoomSpending } from './RoomSpending.js';
import type { SpendingFigures } from './SpendingFigures.js';
import { SpendingPayload } from './SpendingPayload.js';

/** The spending. */
export abstract class RoomStateMoney extends RoomStateAgents {
  /** The number of members, agents or models with sums of their own. All others share the row without a key. */
  static readonly maxSpendingRows = 500;

  #spending: RoomSpending | undefined;

  /** @internal */
  constructor(snapshot: SnapshotFrame | undefined) {
    super(snapshot);
    this.#spending = snapshot?.spending;
  }

  /** The spending; undefined before the first run that called the upstream has ended. */
  get spending(): RoomSpending | undefined {
    return this.#spending;
  }

  /** @internal */
  tryApplyToMoney(event: RoomEvent): boolean {
    // A warning says nothing that the sums and the settings do not say.
    if (event.type !== EventTypes.spending) return event.type === EventTypes.budgetWarned;

    const { total, member, agent, model } = SpendingPayload.read(event.data);
    const before = this.#spending;
    this.#spending = {
      total,
      members: withRow(before?.members, member),
      agents: withRow(before?.agents, agent),
      models: withRow(before?.models, model),
    };
    return true;
  }
}

function withRow(rows: readonly SpendingFigures[] = [], row: SpendingFigures): readonly SpendingFigures[] {
  return rows.some(other => other.key === row.key) ? rows.map(other => (other.key === row.key ? row : other)) : [...rows, row];
}
