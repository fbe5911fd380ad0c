/** The values of `RoomSettings.showMoney`. */
export const MoneyAudiences = {
  /** Every member sees costs. */
  all: 'all',
  /** Hosts and participants see costs. */
  participants: 'participants',
  /** Only hosts see costs. */
  hosts: 'hosts',
} as const;
