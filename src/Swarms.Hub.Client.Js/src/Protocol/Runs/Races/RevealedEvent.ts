/** An event of the upstream that a blind group has hidden. */
export interface RevealedEvent {
  /** The time at which the hub got it, in UTC with milliseconds. */
  readonly at: string;
  /** Its type, as in a `RoomEvent`. */
  readonly type: string;
  /** Its data. */
  readonly data: Readonly<Record<string, unknown>>;
}
