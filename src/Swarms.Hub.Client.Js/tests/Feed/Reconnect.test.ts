import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type HubClientOptions, type RoomClient } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let rooms: RoomClient[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub = new FakeHub();
  rooms = [];
});

afterEach(() => {
  rooms.forEach(room => room.close());
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface Watching {
  readonly room: RoomClient;
  readonly sequences: number[];
  readonly states: string[];
}

function watch(options: HubClientOptions = {}): Watching {
  const fetch = () => Promise.resolve(Response.json({ runs: [], next: null }));
  const room = new HubClient('http://hub.test', { connect: hub.connect, fetch, ...options }).openRoom('r1', 'token');
  const watching: Watching = { room, sequences: [], states: [] };
  room.onEvent(event => watching.sequences.push(event.sequence));
  room.onConnectionState(state => watching.states.push(state));
  rooms.push(room);
  void room.open();
  return watching;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A connection that never opens: what was sent to a network that swallows everything. */
function swallowed(): ReturnType<FakeHub['connect']> {
  const connection = hub.connect();
  connection.open = () => new Promise(() => {});
  return connection;
}

function stubBrowser(): { window: EventTarget; document: EventTarget & { visibilityState: string }; navigator: { onLine: boolean } } {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const navigator = { onLine: true };
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', navigator);
  return { window, document, navigator };
}

describe('A network that swallows everything', () => {
  it('makes the room offline, and the waits between the attempts grow although each of them takes long', async () => {
    let isSwallowing = false;
    const fetch = () => (isSwallowing ? new Promise<Response>(() => {}) : Promise.resolve(Response.json({})));
    const { room } = watch({ connect: () => (isSwallowing ? swallowed() : hub.connect()), fetch, maxReconnectDelay: 60_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    isSwallowing = true;
    hub.current.cut();
    const began: number[] = [];
    for (let i = 0; i < 5; i++) {
      const count = hub.connections.length;
      while (hub.connections.length === count) await vi.advanceTimersByTimeAsync(began.length === 0 ? 0 : 100);
      began.push(Date.now());
    }

    expect(began.slice(1).map((at, i) => at - began[i]!)).toEqual([15_500, 16_000, 17_000, 19_000]);
    expect(room.connectionState).toBe('offline');
  });

  it('is tried again at once when the browser says that the network is back', async () => {
    const browser = stubBrowser();
    let isSwallowing = true;
    const { room } = watch({ connect: () => (isSwallowing ? swallowed() : hub.connect()) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hub.connections).toHaveLength(1);
    browser.window.dispatchEvent(new Event('offline'));
    isSwallowing = false;
    browser.window.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(2);
    expect(hub.connections[0]!.isClosed).toBe(true);
    expect(room.connectionState).toBe('live');
  });

  it('is tried again soon, although the question why a connection failed is never answered', async () => {
    hub.startError = new Error('WebSocket failed to connect.');
    const { room } = watch({ fetch: () => new Promise<Response>(() => {}) });
    await settle();
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(2_999);
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(hub.connections).toHaveLength(2);
    expect(room.connectionState).toBe('live');
  });

  it('does not keep a program that closes the room waiting', async () => {
    hub.startError = new Error('WebSocket failed to connect.');
    const room = new HubClient('http://hub.test', { connect: hub.connect, fetch: () => new Promise<Response>(() => {}) }).openRoom(
      'r1',
      't',
    );
    const opening = room.open();
    await settle();
    room.close();
    await settle();
    expect(
      await Promise.race([
        opening.then(() => 'closed'),
        Promise.resolve()
          .then(() => settle())
          .then(() => 'still waiting'),
      ]),
    ).toBe('closed');
  });
});

describe('A connection that is cut again and again', () => {
  it('is reconnecting in between, never offline, while each of them brings something', async () => {
    const { states, sequences } = watch();
    await settle();
    for (let i = 0; i < 10; i++) {
      hub.append({});
      hub.current.cut();
      await vi.advanceTimersByTimeAsync(3_000);
    }

    expect(new Set(states)).toEqual(new Set(['catchingUp', 'live', 'reconnecting']));
    expect(sequences).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it('is back at once every time that it lived for long', async () => {
    const { room } = watch();
    await settle();
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(30_000);
      hub.current.cut();
      await settle();
      expect(room.connectionState).toBe('live');
    }

    expect(hub.connections).toHaveLength(11);
  });
});

describe('A browser', () => {
  it('makes the room offline as soon as it knows that there is no network, and not before the connection is lost', async () => {
    const browser = stubBrowser();
    const { room } = watch();
    await settle();
    browser.navigator.onLine = false;
    browser.window.dispatchEvent(new Event('offline'));
    await settle();
    expect(room.connectionState).toBe('live');
    hub.startError = new Error('no network');
    hub.current.cut();
    await settle();
    expect(room.connectionState).toBe('offline');
  });

  it('that says it is offline is believed within three seconds, where the hub does not answer', async () => {
    const browser = stubBrowser();
    const { room, states } = watch();
    await settle();
    hub.current.fallSilent(8_000);
    hub.startError = new Error('no network');
    browser.navigator.onLine = false;
    browser.window.dispatchEvent(new Event('offline'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(room.connectionState).toBe('offline');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['catchingUp', 'live', 'offline']);
    hub.startError = undefined;
    browser.navigator.onLine = true;
    browser.window.dispatchEvent(new Event('online'));
    await settle();
    expect(states.slice(3)).toEqual(['catchingUp', 'live']);
  });

  it.each([
    ['answers', undefined],
    ['does not know the question', new Error("Method 'Ping' does not exist.")],
  ])('that says it is offline changes nothing, where the hub %s', async (_, invokeError) => {
    const browser = stubBrowser();
    const { states } = watch();
    await settle();
    hub.invokeError = invokeError;
    browser.navigator.onLine = false;
    for (let i = 0; i < 10; i++) {
      browser.window.dispatchEvent(new Event('offline'));
      await vi.advanceTimersByTimeAsync(1_000);
      browser.window.dispatchEvent(new Event('online'));
      await vi.advanceTimersByTimeAsync(3_000);
    }

    expect(states).toEqual(['catchingUp', 'live']);
    expect(hub.connections).toHaveLength(1);
  });

  it('that goes offline gives up a connection that is still being opened', async () => {
    const browser = stubBrowser();
    const { room } = watch({ connect: swallowed });
    await settle();
    browser.navigator.onLine = false;
    browser.window.dispatchEvent(new Event('offline'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(room.connectionState).toBe('offline');
    expect(hub.connections[0]!.isClosed).toBe(true);
  });

  it('that loses the network while the room is reconnecting makes it offline', async () => {
    const browser = stubBrowser();
    const { room } = watch();
    await settle();
    hub.startError = new Error('no network');
    hub.current.cut();
    await settle();
    expect(room.connectionState).toBe('reconnecting');
    browser.window.dispatchEvent(new Event('offline'));
    expect(room.connectionState).toBe('offline');
  });

  it.each([
    ['is shown again', 'document', 'visibilitychange'],
    ['is thawed', 'document', 'resume'],
    ['comes back from the history', 'window', 'pageshow'],
  ] as const)('replaces a connection that was silent too long when the page %s', async (_, target, event) => {
    const browser = stubBrowser();
    const { sequences } = watch();
    await settle();
    hub.append({});
    browser.document.visibilityState = 'hidden';
    browser.document.dispatchEvent(new Event('visibilitychange'));
    vi.setSystemTime(Date.now() + 7_000);
    browser.document.visibilityState = 'visible';
    browser[target].dispatchEvent(new Event(event));
    await settle();
    expect(hub.connections).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2_000);
    browser[target].dispatchEvent(new Event(event));
    await settle();
    hub.append({});
    await settle();
    expect(hub.connections).toHaveLength(2);
    expect(hub.cursors).toEqual([null, 'h1:1']);
    expect(sequences).toEqual([1, 2]);
  });
});

describe('Attaching', () => {
  it('twice at once gives each program everything', async () => {
    const one = watch();
    const other = watch();
    await settle();
    hub.append({}, {});
    hub.connections[0]!.cut();
    hub.append({});
    await settle();
    expect(one.sequences).toEqual([1, 2, 3]);
    expect(other.sequences).toEqual([1, 2, 3]);
  });

  it('exactly at done gives the whole verified run without an event', async () => {
    const text = 'All of it.';
    const run = {
      id: 'a',
      kind: 'agent' as const,
      agent: { name: null, model: null },
      task: 't',
      state: 'done' as const,
      queuedAt: '',
      text,
      bytes: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
    };
    hub.onWatch = connection => connection.send({ ...hub.snapshot(), runs: [run] });
    const { room, sequences } = watch();
    await settle();
    expect(room.isVerified('a')).toBe(true);
    expect(room.state?.findRun('a')?.text).toBe(text);
    expect(sequences).toEqual([]);
  });

  it('again exactly behind done resumes there', async () => {
    const { sequences } = watch();
    await settle();
    hub.append(
      { type: 'run.queued', run: 'a', data: { kind: 'agent', agent: { name: null, model: null }, task: 't', position: 0 } },
      { type: 'done', run: 'a', data: {} },
    );
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:2']);
    expect(sequences).toEqual([1, 2, 3]);
  });
});

describe('A frame', () => {
  it('of a kind that nobody knows is passed over, also as the first', async () => {
    hub.onWatch = (connection, cursor) => {
      connection.send({ kind: 'weather', cursor: 'h1:99' });
      connection.send(cursor === null ? hub.snapshot() : { kind: 'resumed', cursor });
    };
    const { room, sequences } = watch();
    await settle();
    expect(room.connectionState).toBe('live');
    hub.append({});
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:1']);
    expect(room.connectionState).toBe('live');
    expect(sequences).toEqual([1, 2]);
  });

  it.each([
    ['that is none', null],
    ['whose kind is no word', { kind: 7 }],
    ['of events without any', { kind: 'events', cursor: 'h1:2' }],
    ['of events that are none', { kind: 'events', cursor: 'h1:2', events: [null] }],
    ['of no room', { kind: 'snapshot', cursor: 'h1:2' }],
  ])('%s is refused, and a snapshot asked for', async (_, frame) => {
    const { room, sequences } = watch();
    await settle();
    hub.append({});
    hub.current.send(frame);
    await settle();
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, null]);
    expect(sequences).toEqual([1, 2]);
    expect(room.connectionState).toBe('live');
  });
});
