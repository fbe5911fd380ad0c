import { HubClientError } from '../HubClientError.js';

/** Words by which the platforms' `fetch` and sockets say that the network failed; all that they throw for it is a TypeError. */
const fetchFailures = [
  'fetch failed', 'terminated', 'Failed to fetch', 'NetworkError', 'network error', 'Network request failed', 'Load failed',
  'The Internet connection appears to be offline', 'The network connection was lost',
];
/** Codes of errors that name a fault of the program: a module that is missing, options that cannot be. */
const programCodes = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'UND_ERR_INVALID_ARG'];
/** Names of DOM exceptions for a connection that may not even be tried. */
const programNames = ['SyntaxError', 'SecurityError', 'NotSupportedError', 'InvalidStateError'];

/**
 * Tells the faults of network, proxy and hub, which pass, from the program's own: a missing module, a wrong type, an option of the
 * program's that throws. The first are waited out, the second are thrown.
 */
export const NetworkFault = {
  /** Whether it is of the network. A platform has no class for those, so the errors that mistakes in code throw are told apart instead. */
  is(error: unknown): boolean {
    if (error instanceof HubClientError || typeof error === 'string')
      return true;

    if (!(error instanceof Error) || isProgramCode(error) || isProgramCode(error.cause))
      return false;

    if (error instanceof TypeError)
      return hasCode(error.cause) || fetchFailures.some(words => error.message.includes(words));

    if (typeof DOMException !== 'undefined' && error instanceof DOMException)
      return !programNames.includes(error.name);

    return ![ReferenceError, SyntaxError, RangeError, EvalError, URIError].some(mistake => error instanceof mistake);
  },

  /** The innermost reason in its own words. */
  describe(error: unknown): string {
    let cause = error;
    while (cause instanceof Error && cause.cause instanceof Error)
      cause = cause.cause;

    if (!(cause instanceof Error))
      return typeof cause === 'string' ? cause : '';

    // Node gathers one error for each address of a name, and says nothing itself.
    const first: unknown = cause instanceof AggregateError ? cause.errors[0] : undefined;
    return cause.message === '' && first instanceof Error ? first.message : cause.message;
  },
};

function hasCode(cause: unknown): cause is { code: string } {
  return typeof (cause as { code?: unknown } | undefined)?.code === 'string';
}

function isProgramCode(error: unknown): boolean {
  return hasCode(error) && programCodes.includes(error.code);
}
