/**
 * One entry of a room's log. It is immutable, committed before anyone sees it, and so has its sequence. Readers ignore types that they do
 * not know.
 */
export interface RoomEvent {
  /** The position in the room's log: 1, 2, 3 …, never reused. */
  readonly sequence: number;
  /** The time of the event, in UTC with milliseconds. */
  readonly at: string;
  /** One of `EventTypes`, or the upstream's own type. */
  readonly type: string;
  /** The id of its run; undefined for events outside runs. */
  readonly run?: string;
  /** The id of the member who caused it; undefined if nobody did. */
  readonly by?: string;
  /** A JSON object; its fields depend on `type`. */
  readonly data: Readonly<Record<string, unknown>>;
}
