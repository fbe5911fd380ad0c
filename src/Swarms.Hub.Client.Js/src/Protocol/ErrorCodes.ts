/**
 * The codes of failed calls, of feeds and connections that the hub ends, and of `error` events. `Endings` has the HTTP status and close
 * code of each, and whether to come back.
 */
export const ErrorCodes = {
  /** No valid token, cookie or ticket. */
  unauthenticated: 'unauthenticated',
  /** The role does not allow it. */
  forbidden: 'forbidden',
  /** No such thing, or none that the caller may see. */
  notFound: 'not_found',
  /** The sentence says which part of the request and what it should be. */
  invalid: 'invalid',
  /** It contradicts something that happened before. */
  conflict: 'conflict',
  /** The sentence says the limit. */
  tooLarge: 'too_large',
  /** Wait as `Retry-After` says. */
  rateLimited: 'rate_limited',
  /** The room's budget is spent. */
  overBudget: 'over_budget',
  /** Too many runs wait already. */
  queueFull: 'queue_full',
  /** The hub is stopping. */
  draining: 'draining',
  /** The hub is starting and serves no rooms yet. */
  starting: 'starting',
  /** The viewer did not read for `Delivery:SendTimeout`. It can resume. */
  stalled: 'stalled',
  /** The disk does not take writes. */
  storageUnavailable: 'storage_unavailable',
  /** The hub failed; its operator finds the reason in its log. */
  internal: 'internal',
  /** No connection to the upstream: name, address or TLS. */
  upstreamUnreachable: 'upstream_unreachable',
  /** The upstream refused the request. */
  upstreamRejected: 'upstream_rejected',
  /** The upstream failed, before or in its answer. */
  upstreamError: 'upstream_error',
  /** The upstream sent nothing for too long. */
  upstreamIdle: 'upstream_idle',
  /** The upstream's answer ended without `done` or `error`. */
  upstreamTruncated: 'upstream_truncated',
} as const;
