import type { RoomCreator } from './RoomCreators.js';
import type { UpstreamDescription } from './UpstreamDescription.js';

/** A hub's description of itself. */
export interface ServerDescription {
  /** The hub's version. */
  readonly version: string;
  /** The upstream of its runs. */
  readonly upstream: UpstreamDescription;
  /** Who may create rooms: one of `RoomCreators`. */
  readonly roomCreation: RoomCreator;
}
