/**
 * The codes of failed calls, of feeds and connections that the hub ends, and of `error` events. `Endings` has the HTTP status and the
 * close code of each, and whether to come back.
 */
export const ErrorCodes = {
  /** The call has no valid token, cookie or ticket. */
  unauthenticated: 'unauthenticated',
  /** The role does not allow it. */
  forbidden: 'forbidden',
  /** The thing does not exist, or the caller may not see it. */
  notFound: 'not_found',
  /** A part of the request is wrong; the message says which one and what it should be. */
  invalid: 'invalid',
  /** The request contradicts something that happened before. */
  conflict: 'conflict',
  /** The request is over a limit; the message states it. */
  tooLarge: 'too_large',
  /** The caller sends too much; it should wait as `Retry-After` says. */
  rateLimited: 'rate_limited',
  /** A limit of the room's or the hub's budget is used up, or the request goes beyond one. */
  overBudget: 'over_budget',
  /** Too many runs wait already, or the bodies that the hub reads and holds are too large together. */
  queueFull: 'queue_full',
  /** The room stores as much as it may; reading it goes on. */
  roomFull: 'room_full',
  /** The hub is stopping. */
  draining: 'draining',
  /** The hub is starting and serves no rooms yet. */
  starting: 'starting',
  /** The viewer did not read for `Delivery:SendTimeout`, or a body did not come in time. It can come back. */
  stalled: 'stalled',
  /** The disk does not take writes. */
  storageUnavailable: 'storage_unavailable',
  /** The hub failed; its operator finds the reason in its log. */
  internal: 'internal',
  /** The hub cannot connect to the upstream: name, address or TLS failed. */
  upstreamUnreachable: 'upstream_unreachable',
  /** The upstream refused the request. */
  upstreamRejected: 'upstream_rejected',
  /** The upstream failed, before or in its answer. */
  upstreamError: 'upstream_error',
  /** The upstream sent nothing for too long. */
  upstreamIdle: 'upstream_idle',
  /** The run took longer than `Runs:MaxDuration`. */
  tooLong: 'too_long',
  /** The upstream's answer ended without `done` or `error`. */
  upstreamTruncated: 'upstream_truncated',
} as const;
