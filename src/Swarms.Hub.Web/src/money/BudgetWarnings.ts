import { BudgetWarnedPayload, EventTypes, type RoomEvent } from 'swarms-hub-client';

/** The warnings of budgets since the last snapshot. The room's state has none, and new settings make them void. */
export class BudgetWarnings {
  #held: readonly BudgetWarnedPayload[] = [];

  /** The same list until there is another warning. */
  get all(): readonly BudgetWarnedPayload[] {
    return this.#held;
  }

  forget(): void {
    if (this.#held.length > 0) this.#held = [];
  }

  see(events: readonly RoomEvent[]): void {
    for (const { type, data } of events) {
      if (type === EventTypes.budgetWarned) this.#held = [...this.#held, BudgetWarnedPayload.read(data)];
      else if (type === EventTypes.roomChanged) this.forget();
    }
  }
}
