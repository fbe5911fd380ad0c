import type { SearchKind } from '../Protocol/Search/SearchKinds.js';

/** A choice of what a search finds. All of it may be left out. */
export interface RoomSearch {
  /** One of `SearchKinds`. */
  readonly kind?: SearchKind;
  /** The id of the member who said or started it. */
  readonly by?: string;
  /** The id or the name of an agent. */
  readonly agent?: string;
  /** The state of a run: one of `RunStates`, or the type of an ending. */
  readonly state?: string;
  /** The earliest time. */
  readonly from?: string;
  /** The time before which it must be. */
  readonly to?: string;
  /** A page's `SearchPage.next`; the newest if left out. */
  readonly before?: number;
  /** 1 to 100; 20 if left out. */
  readonly limit?: number;
}
