import type { FeedConnection, RoomEvent, RoomFrame, StreamObserver } from '../src/index.js';

/** One room of a hub that keeps to the contract (unless told otherwise), without a network. */
export class FakeHub {
  readonly connections: FakeConnection[] = [];
  readonly cursors: (string | null)[] = [];
  readonly events: RoomEvent[] = [];
  history = 'h1';
  /** While set, connections do not open. */
  startError: Error | undefined;
  /** While set, WatchRoom fails so. */
  watchError: string | undefined;
  /** Told each new stream instead of the hub's own frames. */
  onWatch: ((connection: FakeConnection, cursor: string | null) => void) | undefined;

  readonly connect = (): FakeConnection => {
    const connection = new FakeConnection(this);
    this.connections.push(connection);
    return connection;
  };

  get current(): FakeConnection {
    return this.connections.at(-1)!;
  }

  get cursor(): string {
    return `${this.history}:${this.events.length}`;
  }

  append(...events: Partial<RoomEvent>[]): void {
    const appended = events.map(event => {
      const full = { at: '2026-01-01T12:00:00.000Z', type: 'message', by: 'm1', data: { text: 'x' }, ...event, sequence: this.events.length + 1 };
      this.events.push(full);
      return full;
    });
    for (const connection of this.connections)
      connection.send({ kind: 'events', cursor: this.cursor, events: appended });
  }

  snapshot(reason = 'first'): RoomFrame {
    return {
      kind: 'snapshot', reason, cursor: this.cursor, room: { id: 'r1', name: 'Room', createdAt: '2026-01-01T12:00:00.000Z' }, members: [], runs: [],
      messages: this.events.filter(event => event.type === 'message').slice(-200)
        .map(({ sequence, at, by, data }) => ({ sequence, at, by: by!, text: data.text as string, reactions: [] })),
    };
  }

  watch(connection: FakeConnection, cursor: string | null): void {
    this.cursors.push(cursor);
    if (this.onWatch)
      return this.onWatch(connection, cursor);

    const [history, sequence] = cursor?.split(':') ?? [];
    if (history !== this.history)
      return connection.send(this.snapshot(cursor === null ? 'first' : 'diverged'));

    connection.send({ kind: 'resumed', cursor: cursor!, head: this.events.length });
    const missed = this.events.slice(Number(sequence));
    if (missed.length > 0)
      connection.send({ kind: 'events', cursor: this.cursor, events: missed });
  }
}

export class FakeConnection implements FeedConnection {
  readonly invoked: unknown[][] = [];
  heardAt = Date.now();
  isOpen = false;
  isStopped = false;
  readonly #hub: FakeHub;
  readonly #handlers = new Map<string, (...args: never[]) => void>();
  #observer: StreamObserver<RoomFrame> | undefined;
  #onclose: ((error?: Error) => void) | undefined;

  constructor(hub: FakeHub) {
    this.#hub = hub;
  }

  start(): Promise<void> {
    if (this.#hub.startError)
      return Promise.reject(this.#hub.startError);

    this.isOpen = true;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.isOpen = false;
    this.#observer = undefined;
    return Promise.resolve();
  }

  stream<T>(_method: string, ...args: unknown[]): { subscribe(observer: StreamObserver<T>): { dispose(): void } } {
    return {
      subscribe: observer => {
        this.#observer = observer as StreamObserver<unknown> as StreamObserver<RoomFrame>;
        if (this.#hub.watchError)
          this.fail(this.#hub.watchError);
        else
          this.#hub.watch(this, args[1] as string | null);
        return { dispose: () => { this.#observer = undefined; } };
      },
    };
  }

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    this.invoked.push([method, ...args]);
    return Promise.resolve(undefined as T);
  }

  on(method: string, handler: (...args: never[]) => void): void {
    this.#handlers.set(method, handler);
  }

  onclose(handler: (error?: Error) => void): void {
    this.#onclose = handler;
  }

  send(frame: RoomFrame): void {
    this.heardAt = Date.now();
    this.#observer?.next(frame);
  }

  complete(): void {
    this.#observer?.complete();
  }

  fail(sentence: string): void {
    this.#observer?.error(new Error(`An error occurred on the server while streaming results. HubException: ${sentence}`));
  }

  call(method: string, ...args: unknown[]): void {
    this.#handlers.get(method)?.(...args as never[]);
  }

  cut(): void {
    this.isOpen = false;
    this.#observer = undefined;
    this.#onclose?.(new Error('The network is gone.'));
  }
}
