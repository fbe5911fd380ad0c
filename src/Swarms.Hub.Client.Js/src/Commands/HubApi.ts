import { ErrorCodes } from '../Protocol/ErrorCodes.js';
import type { FeedConnection } from '../Feed/FeedConnection.js';
import { HubClientError } from '../HubClientError.js';
import type { HubClientOptions } from '../HubClientOptions.js';
import { reconnectDelay } from '../Feed/ReconnectDelay.js';
import { SignalRConnection } from '../Feed/SignalRConnection.js';

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** The call does the same twice as once: repeat it where the hub could not be reached, or is starting. */
  readonly isRepeatable?: boolean;
  readonly token?: string | undefined;
}

const attempts = 3;
const longestPauseMilliseconds = 5_000;

/** Every request and connection to one hub passes here, with the caller's way of saying who it is. */
export class HubApi {
  readonly #address: URL;
  readonly #options: HubClientOptions;
  readonly #token: string | undefined;

  constructor(address: string | URL, options: HubClientOptions, token?: string) {
    this.#address = new URL(address);
    if (!this.#address.pathname.endsWith('/'))
      this.#address.pathname += '/';

    this.#options = options;
    this.#token = token;
  }

  get options(): HubClientOptions {
    return this.#options;
  }

  /** The same hub, as the member that the token stands for. */
  as(token: string | undefined): HubApi {
    return new HubApi(this.#address, this.#options, token);
  }

  url(path: string): string {
    return new URL(path, this.#address).href;
  }

  async json<T>(path: string, options: CallOptions = {}): Promise<T> {
    const response = await this.#call(path, options);
    try {
      return await response.json() as T;
    } catch (cause) {
      throw new HubClientError(ErrorCodes.hubUnreachable, 'The answer is not a hub\'s: it is no JSON.', { cause });
    }
  }

  async text(path: string): Promise<string> {
    return await (await this.#call(path, {})).text();
  }

  async done(path: string, options: CallOptions): Promise<void> {
    await this.#call(path, options);
  }

  /** A new connection to `/hub`, not yet open. */
  connect(): FeedConnection {
    if (this.#options.connect)
      return this.#options.connect();

    const token = this.#token;
    return new SignalRConnection({
      url: this.url('hub'),
      serverTimeout: this.#options.serverTimeout ?? 30_000,
      keepAliveInterval: this.#options.keepAliveInterval ?? 15_000,
      accessToken: token === undefined ? undefined : () => this.#usesTickets() ? this.#ticket() : Promise.resolve(token),
    });
  }

  async #ticket(): Promise<string> {
    return (await this.json<{ ticket: string }>('api/tickets', { method: 'POST' })).ticket;
  }

  #usesTickets(): boolean {
    return this.#options.useTickets ?? globalThis.process?.release?.name !== 'node';
  }

  async #call(path: string, options: CallOptions): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#callOnce(path, options);
      } catch (error) {
        if (!options.isRepeatable || !isAway(error) || attempt === attempts)
          throw error;

        const pause = pauseAfter(error, attempt);
        await new Promise(resolve => setTimeout(resolve, pause));
      }
    }
  }

  async #callOnce(path: string, options: CallOptions): Promise<Response> {
    const token = options.token ?? this.#token;
    const send = this.#options.fetch ?? globalThis.fetch;
    let response: Response;
    try {
      response = await send(this.url(path), {
        method: options.method ?? 'GET',
        credentials: this.#options.session === 'cookie' ? 'same-origin' : 'omit',
        headers: {
          ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      });
    } catch (cause) {
      throw new HubClientError(ErrorCodes.hubUnreachable, 'The hub cannot be reached.', { cause });
    }

    if (!response.ok)
      throw await HubClientError.fromResponse(response);

    return response;
  }
}

/** The hub took nothing of the call, or may have taken nothing, and will be there again. */
function isAway(error: unknown): error is HubClientError {
  return error instanceof HubClientError && (error.code === ErrorCodes.hubUnreachable || error.code === ErrorCodes.starting);
}

/** The random part comes on top of what the hub asks for, so that its callers do not come back in one wave. */
function pauseAfter(refusal: HubClientError, attempt: number): number {
  return Math.min(longestPauseMilliseconds, (refusal.retryAfter ?? 0) * 1_000 + reconnectDelay(attempt, longestPauseMilliseconds));
}
