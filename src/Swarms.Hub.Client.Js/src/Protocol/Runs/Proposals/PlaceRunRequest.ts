/** The request that gives a proposal another place. */
export interface PlaceRunRequest {
  /** The id of the proposal before which it comes; the last place if left out. */
  readonly before?: string;
}
