/** A model that runs of a room may use. */
export interface RoomModel {
  /** The name, as a request states it. */
  readonly id: string;
  /** The name of the upstream that answers for it; `default` for the default one. */
  readonly upstream: string;
}
