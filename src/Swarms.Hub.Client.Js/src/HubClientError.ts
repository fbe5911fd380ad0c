import { ComeBack } from './Protocol/ComeBack.js';
import { Endings } from './Protocol/Endings.js';

/** A call that the hub refused, or that did not reach it. */
export class HubClientError extends Error {
  /** The `code` where the hub could not be reached, or where the answer is no hub's. */
  static readonly hubUnreachable = 'hub_unreachable';

  /** One of `ErrorCodes`, or `hubUnreachable`. */
  readonly code: string;
  /** How long to wait, in seconds, where the hub says that waiting helps. */
  readonly retryAfter: number | undefined;
  /** The name that is free, where the hub refused a taken one. */
  readonly suggestion: string | undefined;

  /** A failure with its code and its sentence. */
  constructor(
    code: string,
    message: string,
    options?: { retryAfter?: number | undefined; suggestion?: string | undefined; cause?: unknown },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HubClientError';
    this.code = code;
    this.retryAfter = options?.retryAfter;
    this.suggestion = options?.suggestion;
  }

  /** True where trying again cannot help: the same call would end in the same way. `Endings` decides it. */
  get isFinal(): boolean {
    return Endings.comeBackAfter(this.code) === ComeBack.no;
  }

  /**
   * @internal Reads the failure of a hub method, `… HubException: code: sentence`, or of a connection. Anything else is a lost connection.
   */
  static fromHub(error: unknown): HubClientError {
    if (error instanceof HubClientError) return error;

    const text = error instanceof Error ? error.message : String(error);
    const close = /^WebSocket closed with status code: (\d+) \((.*)\)\.$/s.exec(text);
    const ending = close ? Endings.findByCloseCode(Number(close[1])) : undefined;
    if (ending) {
      return new HubClientError(
        ending.code,
        close?.[2] === 'no reason given' ? `The hub closed the connection (${close[1]}).` : close![2]!,
        { cause: error },
      );
    }

    const match = /(?:^|HubException: )([a-z][a-z_]*): (.+)$/s.exec(text);
    return match?.[1] !== undefined && match[2] !== undefined
      ? new HubClientError(match[1], match[2], { cause: error })
      : new HubClientError(HubClientError.hubUnreachable, text, { cause: error });
  }
}
