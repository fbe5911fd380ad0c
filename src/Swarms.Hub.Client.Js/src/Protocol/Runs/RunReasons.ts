/** The reasons of `cancelled` and `interrupted` events. */
export const RunReasons = {
  /** `cancelled`: a member asked for it. */
  requested: 'requested',
  /** `cancelled`: the room was deleted. */
  roomDeleted: 'room_deleted',
  /** `cancelled`: the member who started it left or was removed. */
  memberLeft: 'member_left',
  /** `cancelled`: the member who started it became a viewer. */
  memberChanged: 'member_changed',
  /** `cancelled`: the budget was used up, and it says that running runs stop then. */
  overBudget: 'over_budget',
  /** `cancelled`: the run's text was held, and no host was here to release it. */
  noHost: 'no_host',
  /** `interrupted`: the hub crashed during the run. Written at the next start. */
  hubCrashed: 'hub_crashed',
  /** `interrupted`: the hub was stopped. */
  hubStopped: 'hub_stopped',
  /** `interrupted`: another program changed the room in the hub's database. */
  storageChanged: 'storage_changed',
} as const;
