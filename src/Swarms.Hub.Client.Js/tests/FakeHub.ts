import { type FeedConnection, Heard } from '../src/Feed/FeedConnection.js';
import { Inbox } from '../src/Feed/Inbox.js';
import { ConnectionTransport, type RoomEvent, type RoomFrame, type RoomPresence, type RoomWatching } from '../src/index.js';

/** One room of a hub that keeps to the contract (unless told otherwise), without a network. */
export class FakeHub {
  readonly connections: FakeConnection[] = [];
  readonly cursors: (string | null)[] = [];
  readonly events: RoomEvent[] = [];
  history = 'h1';
  roomName = 'Room';
  /** While set, connections do not open. */
  startError: Error | undefined;
  /** The network between passes no WebSockets, though it passes calls. */
  passesWebSockets = true;
  /** While set, what is invoked fails so. */
  invokeError: Error | undefined;
  /** While set, WatchRoom fails so. */
  watchError: string | undefined;
  /** Told each new stream instead of the hub's own frames. */
  onWatch: ((connection: FakeConnection, cursor: string | null) => void) | undefined;

  readonly connect = (transport: ConnectionTransport = ConnectionTransport.webSockets): FakeConnection => {
    const connection = new FakeConnection(this, transport);
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
      const full = {
        at: '2026-01-01T12:00:00.000Z',
        type: 'message',
        by: 'm1',
        data: { text: 'x' },
        ...event,
        sequence: this.events.length + 1,
      };
      this.events.push(full);
      return full;
    });
    for (const connection of this.connections) connection.send({ kind: 'events', cursor: this.cursor, events: appended });
  }

  snapshot(reason = 'first'): RoomFrame {
    return {
      kind: 'snapshot',
      reason,
      cursor: this.cursor,
      room: { id: 'r1', name: this.roomName, createdAt: '2026-01-01T12:00:00.000Z' },
      members: [],
      formerMembers: [],
      agents: [],
      groups: [],
      runs: [],
      messages: this.events
        .filter(event => event.type === 'message')
        .slice(-200)
        .map(({ sequence, at, by, data }) => ({ sequence, at, by: by!, text: data.text as string, reactions: [] })),
    };
  }

  watch(connection: FakeConnection, cursor: string | null): void {
    this.cursors.push(cursor);
    if (this.onWatch) return this.onWatch(connection, cursor);

    const [history, sequence] = cursor?.split(':') ?? [];
    if (history !== this.history) return connection.send(this.snapshot(cursor === null ? 'first' : 'diverged'));

    connection.send({ kind: 'resumed', cursor: cursor!, head: this.events.length });
    const missed = this.events.slice(Number(sequence));
    if (missed.length > 0) connection.send({ kind: 'events', cursor: this.cursor, events: missed });
  }
}

export class FakeConnection implements FeedConnection {
  readonly invoked: unknown[][] = [];
  heard = new Heard();
  readonly patience = 8_000;
  isOpen = false;
  isClosed = false;
  readonly transport: ConnectionTransport;
  readonly #hub: FakeHub;
  readonly #handlers = new Map<string, (...args: never[]) => void>();
  #frames: Inbox<unknown> | undefined;
  #isSilent = false;
  #loss: Error | undefined;

  constructor(hub: FakeHub, transport: ConnectionTransport) {
    this.#hub = hub;
    this.transport = transport;
  }

  open(): Promise<void> {
    if (this.#hub.startError) return Promise.reject(this.#hub.startError);

    if (!this.#hub.passesWebSockets && this.transport === ConnectionTransport.webSockets)
      return Promise.reject(new Error('WebSocket failed to connect.'));

    this.isOpen = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.isOpen = false;
    this.#frames = undefined;
    return Promise.resolve();
  }

  async *watch(_roomId: string, cursor: string | null, signal: AbortSignal): AsyncGenerator<unknown, void, undefined> {
    const frames = (this.#frames = new Inbox<unknown>());
    const discard = () => frames.discard();
    signal.addEventListener('abort', discard);
    if (this.#loss) frames.fail(this.#loss);
    else if (this.#hub.watchError) this.fail(this.#hub.watchError);
    else this.#hub.watch(this, cursor);

    try {
      if (!signal.aborted) yield* frames;
    } finally {
      signal.removeEventListener('abort', discard);
      this.#frames = undefined;
    }
  }

  async invoke(method: string, args: readonly unknown[]): Promise<void> {
    this.invoked.push([method, ...args]);
    await (this.#isSilent ? new Promise(() => {}) : Promise.resolve());
    this.heard = new Heard();
    if (this.#hub.invokeError) throw this.#hub.invokeError;
  }

  onPresence(handler: (roomId: string, presence: RoomPresence) => void): void {
    this.#handlers.set('PresenceChanged', handler);
  }

  onWatching(handler: (roomId: string, watching: RoomWatching) => void): void {
    this.#handlers.set('WatchingChanged', handler);
  }

  onDraining(handler: (withinSeconds: number) => void): void {
    this.#handlers.set('Draining', handler);
  }

  send(frame: unknown): void {
    if (this.#isSilent) return;

    this.heard = new Heard();
    this.#frames?.push(frame);
  }

  complete(): void {
    this.#frames?.complete();
  }

  fail(sentence: string): void {
    this.#frames?.fail(new Error(`An error occurred on the server while streaming results. HubException: ${sentence}`));
  }

  failWith(error: Error): void {
    this.#frames?.fail(error);
  }

  /** The hub closes the WebSocket with a code, as SignalR's client tells it. */
  closeWith(code: number, reason: string): void {
    this.#lose(new Error(`WebSocket closed with status code: ${code} (${reason}).`));
  }

  call(method: string, ...args: unknown[]): void {
    const handler = this.#handlers.get(method);
    if (method === 'PresenceChanged' || method === 'WatchingChanged') this.#frames?.call(() => handler?.(...(args as never[])));
    else handler?.(...(args as never[]));
  }

  cut(): void {
    this.#lose(new Error('The network is gone.'));
  }

  /** Nothing is heard from here on, pings neither: SignalR's client gives up after its timeout. */
  fallSilent(serverTimeout: number): void {
    this.#isSilent = true;
    setTimeout(() => this.#lose(new Error('Server timeout elapsed without receiving a message from the server.')), serverTimeout);
  }

  #lose(error: Error): void {
    this.isOpen = false;
    this.#loss = error;
    this.#frames?.fail(error);
  }
}
