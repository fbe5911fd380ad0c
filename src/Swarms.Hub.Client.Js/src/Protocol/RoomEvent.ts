/** One entry of a room's log. Immutable; only committed events are ever seen, so each has its sequence. */
export interface RoomEvent {
  /** Position in the room: starts at 1, +1 each, never reused. */
  readonly sequence: number;
  readonly at: string;
  /** One of `EventTypes`, or a type of the upstream's own. */
  readonly type: string;
  /** The run it belongs to; left out for what people do. */
  readonly run?: string;
  /** The member who caused it. */
  readonly by?: string;
  /** Its fields depend on `type`. */
  readonly data: Readonly<Record<string, unknown>>;
}
