import { ErrorCodes } from './Protocol/ErrorCodes.js';

/** A call that the hub refused, or that never reached it. */
export class HubClientError extends Error {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** Seconds to wait, where the hub says that waiting helps. */
  readonly retryAfter: number | undefined;

  constructor(code: string, message: string, options?: { retryAfter?: number | undefined; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HubClientError';
    this.code = code;
    this.retryAfter = options?.retryAfter;
  }

  /** True where trying again cannot help: this caller has no way into this room. */
  get isFinal(): boolean {
    return this.code === ErrorCodes.unauthenticated || this.code === ErrorCodes.forbidden || this.code === ErrorCodes.notFound;
  }

  /** Reads RFC 9457 problem details. What has no code of the hub's was not said by the hub, but by something before it. */
  static async fromResponse(response: Response): Promise<HubClientError> {
    const body = (await response.json().catch(() => null)) as { code?: unknown; detail?: unknown; title?: unknown } | null;
    const message = [body?.detail, body?.title].find((text): text is string => typeof text === 'string' && text !== '');
    return new HubClientError(
      typeof body?.code === 'string' ? body.code : ErrorCodes.hubUnreachable,
      message ?? `The hub answered with status ${response.status}.`,
      { retryAfter: retryAfterOf(response) },
    );
  }

  /** Reads what a hub method failed with: `… HubException: code: sentence`. Anything else is a lost connection. */
  static fromHub(error: unknown): HubClientError {
    if (error instanceof HubClientError)
      return error;

    const text = error instanceof Error ? error.message : String(error);
    const match = /(?:^|HubException: )([a-z][a-z_]*): (.+)$/s.exec(text);
    return match?.[1] !== undefined && match[2] !== undefined
      ? new HubClientError(match[1], match[2], { cause: error })
      : new HubClientError(ErrorCodes.hubUnreachable, text, { cause: error });
  }
}

function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('Retry-After');
  if (value === null)
    return undefined;

  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
