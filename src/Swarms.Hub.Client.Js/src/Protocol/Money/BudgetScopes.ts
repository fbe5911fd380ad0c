/** The values of `BudgetWarnedPayload.scope`. */
export const BudgetScopes = {
  /** All runs of the room. */
  room: 'room',
  /** The runs of one member. */
  member: 'member',
  /** The runs with one model. */
  model: 'model',
  /** All runs of the hub. */
  hub: 'hub',
} as const;
