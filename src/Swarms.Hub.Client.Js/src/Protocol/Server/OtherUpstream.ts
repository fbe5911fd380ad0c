import type { UpstreamKind } from './UpstreamKinds.js';

/** An upstream beside the default one. */
export interface OtherUpstream {
  /** The name that the operator gave it. */
  readonly name: string;
  /** One of `UpstreamKinds`. */
  readonly kind: UpstreamKind;
}
