/**
 * One entry of a room's log. Immutable; only committed events are ever seen, so each has its sequence. A reader meets the types it does
 * not know with patience: it keeps or ignores them.
 */
export interface RoomEvent {
  /** Position in the room: starts at 1, +1 each, never reused. */
  readonly sequence: number;
  /** When it happened, in UTC with milliseconds. */
  readonly at: string;
  /** One of `EventTypes`, or a type of the upstream's own. */
  readonly type: string;
  /** The run it belongs to; undefined for what people do. */
  readonly run?: string;
  /** The member who caused it; undefined where nobody did. */
  readonly by?: string;
  /** A JSON object; its fields depend on `type`. */
  readonly data: Readonly<Record<string, unknown>>;
}
