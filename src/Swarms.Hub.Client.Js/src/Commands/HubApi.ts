import { wait } from '../Feed/Deadline.js';
import { ConnectionTransport } from '../Feed/ConnectionTransport.js';
import type { FeedConnection } from '../Feed/FeedConnection.js';
import { NetworkFault } from '../Feed/NetworkFault.js';
import { ReconnectDelay } from '../Feed/ReconnectDelay.js';
import { SignalRConnection } from '../Feed/SignalRConnection.js';
import { TransportChoice } from '../Feed/TransportChoice.js';
import { HubClientError } from '../HubClientError.js';
import type { Options } from '../HubClientOptions.js';
import type { TicketCreated } from '../Protocol/Access/TicketCreated.js';
import type { HubCall } from './HubCall.js';

const attempts = 4;
const longestPauseMilliseconds = 5_000;

/**
 * Every call and connection to one hub. A call fails with `HubClientError` where the hub refuses it or the network fails, and with an
 * `InvalidStateError` once the client is closed.
 */
export class HubApi {
  readonly #address: URL;
  readonly #stop = new AbortController();
  readonly options: Options;
  readonly transports = new TransportChoice();

  constructor(address: string | URL, options: Options) {
    this.#address = new URL(address);
    if (this.#address.protocol !== 'http:' && this.#address.protocol !== 'https:')
      throw new TypeError(`A hub's address begins with http:// or https://, unlike '${String(address)}'.`);

    // Without the slash the last part of the path would be replaced, not continued.
    this.#address.pathname = `${this.#address.pathname.replace(/\/+$/, '')}/`;
    this.#address.search = '';
    this.#address.hash = '';
    this.options = options;
  }

  /** Aborted when the client is closed. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  address(path: string): URL {
    return new URL(path, this.#address);
  }

  /** A new connection to `/hub`, not yet open. */
  connect(token: string | undefined, transport: ConnectionTransport): FeedConnection {
    this.throwIfClosed();
    const { connect, serverTimeout, keepAliveInterval, webSocket } = this.options;
    // A poll carries the token in its header, as every call does.
    const takesTicket = transport === ConnectionTransport.webSockets && this.#usesTickets();
    return (
      connect?.(transport) ??
      new SignalRConnection({
        url: this.address('hub').href,
        transport,
        serverTimeout,
        keepAliveInterval,
        webSocket,
        fetch: this.options.fetch,
        credentials: this.#credentials,
        accessToken: token === undefined ? undefined : () => (takesTicket ? this.#ticket(token) : Promise.resolve(token)),
      })
    );
  }

  send<T>(call: HubCall): Promise<T> {
    return this.#callAndRead(call, async response => {
      const answer: unknown = await response.json();
      if (answer === null) throw new SyntaxError('The answer is null.');

      return answer as T;
    });
  }

  done(call: HubCall): Promise<void> {
    return this.#callAndRead(call, () => Promise.resolve());
  }

  getText(call: HubCall): Promise<string> {
    return this.#callAndRead(call, response => response.text());
  }

  throwIfClosed(): void {
    if (this.stopping.aborted) throw closed();
  }

  /** The failure for a call or connection that did not reach the hub. */
  unreachable(cause: unknown): HubClientError {
    const reason = NetworkFault.describe(cause);
    return new HubClientError(
      HubClientError.hubUnreachable,
      `The hub at ${this.#address.href} cannot be reached${reason === '' ? '.' : `: ${reason}`}`,
      { cause },
    );
  }

  /** The failure for a connection that is not made although calls arrive. */
  unconnected(cause: unknown): HubClientError {
    const problem = 'answers calls, but its WebSocket does not open; a proxy may refuse it';
    return new HubClientError(
      HubClientError.hubUnreachable,
      `The hub at ${this.#address.href} ${problem}: ${NetworkFault.describe(cause)}`,
      { cause },
    );
  }

  close(): void {
    this.#stop.abort();
  }

  get #credentials(): RequestCredentials {
    return this.options.session === 'cookie' ? 'same-origin' : 'omit';
  }

  #usesTickets(): boolean {
    return this.options.useTickets ?? globalThis.process?.release?.name !== 'node';
  }

  async #ticket(token: string): Promise<string> {
    return (await this.send<TicketCreated>({ method: 'POST', path: 'api/tickets', token })).ticket;
  }

  async #callAndRead<T>(call: HubCall, read: (response: Response) => Promise<T>): Promise<T> {
    this.throwIfClosed();
    try {
      const response = await this.#repeat(call);
      try {
        return await read(response);
      } catch (cause) {
        throw new HubClientError(HubClientError.hubUnreachable, `The answer of ${this.#address.href} is no hub's, or it was cut off.`, {
          cause,
        });
      }
    } catch (error) {
      this.throwIfClosed();
      throw error;
    }
  }

  async #repeat(call: HubCall): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sendOnce(call);
      } catch (error) {
        if (!(error instanceof HubClientError) || !call.isRepeatable || attempt >= attempts || error.isFinal) throw error;

        await wait(pauseAfter(error, attempt), this.stopping);
        this.throwIfClosed();
      }
    }
  }

  async #sendOnce({ method, path, token, body }: HubCall): Promise<Response> {
    const send = this.options.fetch ?? globalThis.fetch;
    let response: Response;
    try {
      response = await send(this.address(path).href, {
        method,
        signal: this.stopping,
        credentials: this.#credentials,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw NetworkFault.is(error) ? this.unreachable(error) : error;
    }

    if (!response.ok) throw await this.#refusal(response);

    return response;
  }

  /** Reads RFC 9457 problem details. An answer without a code of the hub's came from something before it. */
  async #refusal(response: Response): Promise<HubClientError> {
    const body = (await response.json().catch(() => null)) as Record<'code' | 'detail' | 'title' | 'suggestion', unknown> | null;
    const message = [body?.detail, body?.title].find((text): text is string => typeof text === 'string' && text !== '');
    return new HubClientError(
      typeof body?.code === 'string' ? body.code : HubClientError.hubUnreachable,
      message ?? `The hub at ${this.#address.href} answered with status ${response.status}.`,
      { retryAfter: retryAfter(response), suggestion: typeof body?.suggestion === 'string' ? body.suggestion : undefined },
    );
  }
}

function closed(): DOMException {
  return new DOMException('This HubClient is closed.', 'InvalidStateError');
}

/** The random part comes on top of the pause that the hub asks for, so that its callers do not come back in one wave. */
function pauseAfter(refusal: HubClientError, attempt: number): number {
  const pause = (refusal.retryAfter ?? 0) * 1_000 + ReconnectDelay.after(attempt, longestPauseMilliseconds, Math.random());
  return Math.min(pause, longestPauseMilliseconds);
}

/** A date is compared with the answer's own, so that no clock has to be right. */
function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('Retry-After');
  if (value === null) return undefined;

  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(response.headers.get('Date') ?? '')) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
