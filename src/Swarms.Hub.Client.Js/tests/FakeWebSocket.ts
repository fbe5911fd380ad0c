const end = '\u001e';

/** A WebSocket to nowhere that speaks SignalR's handshake; a test says what comes over it. */
export class FakeWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static readonly opened: FakeWebSocket[] = [];

  readonly url: string;
  readonly options: { readonly headers?: Readonly<Record<string, string>> };
  readonly sent: Record<string, unknown>[] = [];
  readyState = FakeWebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string, _protocols?: string | string[], options: object = {}) {
    this.url = url;
    this.options = options;
    FakeWebSocket.opened.push(this);
    queueMicrotask(() => {
      this.readyState = FakeWebSocket.OPEN;
      this.onopen?.();
    });
  }

  /** What WatchRoom was called with. */
  get watched(): { readonly id: string; readonly arguments: unknown[] } | undefined {
    return this.sent.find(message => message['target'] === 'WatchRoom') as never;
  }

  send(data: string): void {
    for (const text of data.split(end).filter(text => text !== '')) {
      const message = JSON.parse(text) as Record<string, unknown>;
      if ('protocol' in message)
        queueMicrotask(() => this.receive({}));
      else
        this.sent.push(message);
    }
  }

  close(): void {
    this.readyState = FakeWebSocket.CLOSED;
  }

  /** Messages that come in one piece. */
  receive(...messages: object[]): void {
    this.onmessage?.({ data: messages.map(message => JSON.stringify(message) + end).join('') });
  }

  closeWith(code: number, reason: string): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.onclose?.({ code, reason, wasClean: true });
  }
}
