import { unlessAborted } from '../Feed/Deadline.js';
import { ConnectionTransport } from '../Feed/ConnectionTransport.js';
import { type FeedConnection, Heard } from '../Feed/FeedConnection.js';
import { HubClientError } from '../HubClientError.js';
import { EventStream, type StreamEvent } from './EventStream.js';

/** The hub is heard every 3 seconds. */
const patienceMilliseconds = 8_000;
const connectMilliseconds = 15_000;

/**
 * One run's feed over server-sent events, by `fetch`: unlike an `EventSource` it sends the token in a header, and unlike a WebSocket it
 * needs no library. Frames are those of the protocol.
 */
export class EmbedConnection implements FeedConnection {
  readonly #address: string;
  readonly #token: string;
  readonly #stop = new AbortController();
  heard = new Heard();
  readonly patience = patienceMilliseconds;
  /** A feed has one transport only, and never looks for another. */
  readonly transport = ConnectionTransport.webSockets;

  constructor(address: string, token: string) {
    this.#address = address;
    this.#token = token;
  }

  /** A reader of an embed is told of nobody. */
  onPresence(): void {}

  /** As `onPresence`. */
  onWatching(): void {}

  /** The stream itself says that the hub stops. */
  onDraining(): void {}

  /** The stream is opened with its cursor. */
  open(): Promise<void> {
    return Promise.resolve();
  }

  async *watch(_: string, cursor: string | null, signal: AbortSignal): AsyncIterable<unknown> {
    const stop = () => this.#stop.abort();
    signal.addEventListener('abort', stop);
    try {
      yield* this.#read(cursor, signal);
    } catch (error) {
      if (!signal.aborted) throw error instanceof HubClientError ? error : unreachable(error);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#stop.abort();
    }
  }

  /** Asks the hub whether it is there. */
  async invoke(): Promise<void> {
    const response = await this.#fetch({}, this.#stop.signal);
    await response.body?.cancel();
  }

  close(): Promise<void> {
    this.#stop.abort();
    return Promise.resolve();
  }

  async *#read(cursor: string | null, signal: AbortSignal): AsyncIterable<unknown> {
    const headers = { Accept: 'text/event-stream', ...(cursor === null ? {} : { 'Last-Event-ID': cursor }) };
    const response = await this.#inTime(connectMilliseconds, this.#fetch(headers, this.#stop.signal));
    if (!response.ok) throw await refusal(response);

    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    const stream = new EventStream();
    while (true) {
      const { done, value } = await this.#inTime(patienceMilliseconds, reader.read());
      if (done || signal.aborted) return;

      this.heard = new Heard();
      yield* toFrames(stream.read(decoder.decode(value, { stream: true })));
    }
  }

  #fetch(headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return fetch(this.#address, {
      signal,
      // No cookie is sent, and none is taken.
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      headers: { ...headers, Authorization: `Bearer ${this.#token}` },
    });
  }

  async #inTime<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#stop.abort(), milliseconds);
    try {
      const result = await unlessAborted(promise, this.#stop.signal);
      if (result === undefined) throw new HubClientError(HubClientError.hubUnreachable, 'The hub was silent for too long.');

      return result;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Events that came together are one frame, with the cursor of the last. */
function* toFrames(events: readonly StreamEvent[]): Iterable<unknown> {
  let together: StreamEvent[] = [];
  const flush = () => {
    const frame = { kind: 'events', cursor: together.at(-1)?.id ?? '', events: together.map(event => JSON.parse(event.data) as unknown) };
    together = [];
    return frame;
  };
  for (const event of events) {
    if (event.type === 'ping') continue;

    if (!['snapshot', 'resumed', 'storage', 'closed'].includes(event.type)) {
      together.push(event);
      continue;
    }

    if (together.length > 0) yield flush();

    const data = JSON.parse(event.data) as { code?: string; message?: string };
    if (event.type === 'closed') throw new HubClientError(data.code ?? 'internal', data.message ?? 'The hub ended the feed.');

    yield data;
  }

  if (together.length > 0) yield flush();
}

function unreachable(cause: unknown): HubClientError {
  return new HubClientError(HubClientError.hubUnreachable, 'The hub cannot be reached.', { cause });
}

/** An answer without a code of the hub's came from something before it. */
async function refusal(response: Response): Promise<HubClientError> {
  const body = (await response.json().catch(() => null)) as { code?: unknown; detail?: unknown } | null;
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  return new HubClientError(
    typeof body?.code === 'string' ? body.code : HubClientError.hubUnreachable,
    typeof body?.detail === 'string' ? body.detail : `The hub answered with status ${response.status}.`,
    { retryAfter: Number.isFinite(seconds) ? seconds : undefined },
  );
}
