import { AbortError, HttpClient, HttpError, type HttpRequest, HttpResponse, TimeoutError } from '@microsoft/signalr';

/** Carries SignalR's requests by the same `fetch` as calls; its own client would take another in Node, and always send cookies. */
export class FetchTransport extends HttpClient {
  readonly #fetch: typeof fetch | undefined;
  readonly #credentials: RequestCredentials;

  constructor(send: typeof fetch | undefined, credentials: RequestCredentials) {
    super();
    this.#fetch = send;
    this.#credentials = credentials;
  }

  override async send({ method, url, headers, content, abortSignal, timeout }: HttpRequest): Promise<HttpResponse> {
    const abort = new AbortController();
    let isLate = false;
    const giveUp = () => {
      isLate = true;
      abort.abort();
    };
    const timer = timeout === undefined ? undefined : setTimeout(giveUp, timeout);
    if (abortSignal) abortSignal.onabort = () => abort.abort();
    if (abortSignal?.aborted) abort.abort();
    try {
      const send = this.#fetch ?? globalThis.fetch;
      const response = await send(url!, {
        method: method!,
        signal: abort.signal,
        credentials: this.#credentials,
        cache: 'no-store',
        ...(headers ? { headers } : {}),
        ...(content ? { body: content } : {}),
      });
      const text = await response.text();
      if (!response.ok) throw new HttpError(response.statusText, response.status);

      return new HttpResponse(response.status, response.statusText, text);
    } catch (error) {
      if (abort.signal.aborted) throw isLate ? new TimeoutError() : new AbortError();

      throw error;
    } finally {
      clearTimeout(timer);
      if (abortSignal) abortSignal.onabort = null;
    }
  }
}
