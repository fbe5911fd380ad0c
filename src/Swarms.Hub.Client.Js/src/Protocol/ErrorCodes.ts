/** The codes of failed calls and of `error` events. The last one is the SDK's own. */
export const ErrorCodes = {
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  notFound: 'not_found',
  invalid: 'invalid',
  conflict: 'conflict',
  tooLarge: 'too_large',
  rateLimited: 'rate_limited',
  overBudget: 'over_budget',
  queueFull: 'queue_full',
  draining: 'draining',
  starting: 'starting',
  storageUnavailable: 'storage_unavailable',
  internal: 'internal',
  upstreamUnreachable: 'upstream_unreachable',
  upstreamRejected: 'upstream_rejected',
  upstreamError: 'upstream_error',
  upstreamIdle: 'upstream_idle',
  upstreamTruncated: 'upstream_truncated',
  /** The hub could not be reached, or what answered is no hub. */
  hubUnreachable: 'hub_unreachable',
} as const;
