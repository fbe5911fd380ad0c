import type { UpstreamKind } from './UpstreamKinds.js';

/** The upstream that answers a hub's runs. */
export interface UpstreamDescription {
  /** One of `UpstreamKinds`. */
  readonly kind: UpstreamKind;
  /** The upstream's host name; null where there is none. */
  readonly host: string | null;
}
