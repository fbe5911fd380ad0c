import type { OtherUpstream } from './OtherUpstream.js';
import type { RoomCreator } from './RoomCreators.js';
import type { UpstreamDescription } from './UpstreamDescription.js';

/** A hub's description of itself. */
export interface ServerDescription {
  /** The hub's version. */
  readonly version: string;
  /** The upstream of its runs; with several, the default one. */
  readonly upstream: UpstreamDescription;
  /** The people who may create rooms: one of `RoomCreators`. */
  readonly roomCreation: RoomCreator;
  /** The upstreams beside the default, by name; undefined without any. */
  readonly otherUpstreams?: readonly OtherUpstream[];
}
