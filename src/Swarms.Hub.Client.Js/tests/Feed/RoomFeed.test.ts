import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, HubClientError, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let room: RoomClient;
let sequences: number[];
let states: string[];
let answer: () => Response;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub = new FakeHub();
  answer = () => Response.json({ runs: [], next: null });
  room = new HubClient('http://hub.test', { connect: hub.connect, fetch: () => Promise.resolve(answer()) }).openRoom('r1', 'token');
  sequences = [];
  states = [];
  room.onEvent(event => sequences.push(event.sequence));
  room.onConnectionState(state => states.push(state));
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('A room that is watched', () => {
  it('is live after the first snapshot', async () => {
    void room.open();
    await settle();
    expect(states).toEqual(['catchingUp', 'live']);
    expect(hub.cursors).toEqual([null]);
    expect(room.state?.room.name).toBe('Room');
  });

  it('hands over every event once however often the connection is cut', async () => {
    void room.open();
    await settle();
    for (let i = 0; i < 20; i++) {
      hub.append({}, {});
      await settle();
      hub.current.cut();
      hub.append({});
      await vi.advanceTimersByTimeAsync(31_000);
    }

    expect(sequences).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(room.connectionState).toBe('live');
    expect(hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  });

  it('resumes after a connection on which nothing was sent', async () => {
    void room.open();
    await settle();
    hub.current.cut();
    await settle();
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(500);
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:0', 'h1:0']);
    expect(sequences).toEqual([1]);
  });

  it('comes back when the stream completes, because only the hub stopping or a lost right ends one', async () => {
    void room.open();
    await settle();
    hub.current.complete();
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:0']);
    expect(room.connectionState).toBe('live');
  });

  it('retries at once and then after a random part of a doubling cap, for ever', async () => {
    void room.open();
    await settle();
    hub.startError = new Error('refused');
    hub.current.cut();
    const attempts = [];
    for (let i = 0; i < 9; i++) {
      const before = Date.now();
      const count = hub.connections.length;
      while (hub.connections.length === count)
        await vi.advanceTimersByTimeAsync(i === 0 ? 0 : 100);
      attempts.push(Date.now() - before);
    }

    expect(attempts).toEqual([0, 500, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500, 2_500]);
    expect(room.connectionState).toBe('offline');
    expect(states.slice(0, 4)).toEqual(['catchingUp', 'live', 'reconnecting', 'offline']);
  });

  it('gives up on a connection that does not open in time', async () => {
    const never = hub.connect;
    let opened = 0;
    room = new HubClient('http://hub.test', {
      connect: () => {
        const connection = never();
        if (opened++ === 0)
          connection.open = () => new Promise(() => {});
        return connection;
      },
      fetch: () => Promise.resolve(answer()),
    }).openRoom('r1', 'token');
    void room.open();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(room.connectionState).toBe('live');
    expect(hub.connections[0]!.isClosed).toBe(true);
  });

  it('takes a snapshot where the hub has another history', async () => {
    void room.open();
    await settle();
    hub.append({}, {});
    hub.history = 'h2';
    hub.events.length = 1;
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:2']);
    expect(sequences).toEqual([1, 2, 2]);
    expect(room.connectionState).toBe('live');
  });

  it.each([
    ['a gap', [2]],
    ['an event it has', [0]],
    ['two events in the wrong order', [1, 0]],
    ['no events at all', []],
  ])('asks for a snapshot when it is sent %s', async (_, sent) => {
    void room.open();
    await settle();
    hub.append({});
    hub.current.send({
      kind: 'events',
      cursor: 'h1:9',
      events: sent.map(i => ({ sequence: 1 + i, at: '', type: 'message', by: 'm1', data: { text: 'bad' } })),
    });
    await settle();
    expect(sequences).toEqual([1]);
    expect(hub.cursors).toEqual([null, null]);
  });

  it('asks for a snapshot when the first frame is neither a snapshot nor resumed', async () => {
    hub.onWatch = (connection, cursor) => connection.send(cursor === null && hub.cursors.length > 1
      ? hub.snapshot()
      : { kind: 'events', cursor: 'h1:1', events: [{ sequence: 1, at: '', type: 'message', data: {} }] });
    void room.open();
    await settle();
    expect(hub.cursors).toEqual([null, null]);
    expect(sequences).toEqual([]);
    expect(room.connectionState).toBe('live');
  });

  it('goes on from a snapshot in mid-stream', async () => {
    void room.open();
    await settle();
    hub.events.push(...Array.from({ length: 3_000 }, (_, i) => ({ sequence: i + 1, at: '', type: 'x', data: {} })));
    hub.current.send(hub.snapshot('behind'));
    hub.append({});
    await settle();
    expect(sequences).toEqual([3_001]);
  });

  it('goes on from a snapshot of another history in mid-stream, although its sequences go back', async () => {
    void room.open();
    await settle();
    hub.append({}, {}, {});
    hub.history = 'h2';
    hub.events.length = 1;
    hub.current.send(hub.snapshot('diverged'));
    hub.append({});
    hub.current.cut();
    await settle();
    expect(sequences).toEqual([1, 2, 3, 2]);
    expect(hub.cursors).toEqual([null, 'h2:2']);
  });

  it('asks without a cursor after the hub called it invalid', async () => {
    void room.open();
    await settle();
    hub.onWatch = (connection, cursor) => (cursor === null ? connection.send(hub.snapshot()) : connection.fail('invalid: That is no cursor.'));
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hub.cursors).toEqual([null, 'h1:0', null]);
    expect(room.connectionState).toBe('live');
  });

  it.each(['unauthenticated', 'forbidden', 'not_found'])('ends without another attempt when the hub says %s', async code => {
    hub.watchError = `${code}: No.`;
    await expect(room.open()).rejects.toMatchObject({ code, message: 'No.' });
    expect(room.connectionState).toBe('ended');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.connections).toHaveLength(1);
  });

  it('ends when a connection does not open because the token is no longer valid', async () => {
    hub.startError = new Error('WebSocket failed to connect.');
    answer = () => Response.json({ code: 'unauthenticated', detail: 'No valid token.' }, { status: 401 });
    await expect(room.open()).rejects.toMatchObject({ code: 'unauthenticated', message: 'No valid token.' });
    expect(hub.connections).toHaveLength(1);
  });

  it('goes on trying while the hub is starting, and resumes when it is ready', async () => {
    void room.open();
    await settle();
    hub.append({});
    hub.startError = new Error('WebSocket failed to connect.');
    answer = () => Response.json({ code: 'starting', detail: 'The hub is starting.' }, { status: 503, headers: { 'Retry-After': '2' } });
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.connectionState).toBe('offline');
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.connectionState).toBe('live');
    expect(hub.cursors).toEqual([null, 'h1:1']);
    expect(states).not.toContain('ended');
  });

  it('goes on trying while a starting hub gives out no ticket', async () => {
    hub.startError = new HubClientError('starting', 'The hub is starting.', { retryAfter: 2 });
    void room.open();
    await settle();
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.connectionState).toBe('live');
  });

  it('comes back after a random part of the time that a draining hub gives', async () => {
    void room.open();
    await settle();
    hub.current.call('Draining', 20);
    await vi.advanceTimersByTimeAsync(3_000);
    hub.append({});
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(6_900);
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(hub.connections).toHaveLength(2);
    expect(hub.cursors).toEqual([null, 'h1:1']);
  });

  it('leaves a draining hub that does not close the connection itself', async () => {
    void room.open();
    await settle();
    hub.current.call('Draining', 20);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(hub.connections).toHaveLength(2);
    expect(hub.connections[0]!.isClosed).toBe(true);
    expect(room.connectionState).toBe('live');
  });

  it('tries at once when the network is back', async () => {
    const browser = new EventTarget();
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    void room.open();
    await settle();
    hub.startError = new Error('no network');
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(60_000);
    hub.startError = undefined;
    const count = hub.connections.length;
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(count + 1);
    expect(room.connectionState).toBe('live');
  });

  it('replaces a connection that was silent while the network was away or the page slept', async () => {
    const browser = new EventTarget();
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    void room.open();
    await settle();
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    browser.dispatchEvent(new Event('offline'));
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(2);
    vi.setSystemTime(Date.now() + 21_000);
    browser.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(500);
    expect(hub.connections).toHaveLength(3);
  });

  it('hands over nothing that a connection sends after it was let go', async () => {
    void room.open();
    await settle();
    const first = hub.current;
    room.close();
    await settle();
    first.send({ kind: 'events', cursor: 'h1:1', events: [{ sequence: 1, at: '', type: 'message', data: {} }] });
    await settle();
    expect(sequences).toEqual([]);
    expect(room.connectionState).toBe('offline');
  });

  it('can be closed and opened again in one breath', async () => {
    void room.open();
    room.close();
    void room.open();
    await settle();
    hub.append({}, {});
    await settle();
    expect(room.connectionState).toBe('live');
    expect(sequences).toEqual([1, 2]);
    expect(hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  });

  it('tells presence of its own room only', async () => {
    void room.open();
    await settle();
    hub.current.call('PresenceChanged', 'r2', { viewers: 9, members: [] });
    hub.current.call('PresenceChanged', 'r1', { viewers: 1, members: [{ id: 'm1', connections: 1 }] });
    await settle();
    expect(room.presence).toEqual({ viewers: 1, members: [{ id: 'm1', connections: 1 }] });
  });

  it('tells that the hub\'s storage fails, until the hub says otherwise or a new stream does not', async () => {
    const told: boolean[] = [];
    room.onStorage(isAvailable => told.push(isAvailable));
    void room.open();
    await settle();
    hub.append({});
    const send = (isAvailable: boolean) => hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable });
    send(false);
    await settle();
    expect(room.isStorageAvailable).toBe(false);
    send(true);
    await settle();
    expect(room.isStorageAvailable).toBe(true);
    send(false);
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(room.isStorageAvailable).toBe(true);
    expect(told).toEqual([false, true, false, true]);
    expect(sequences).toEqual([1, 2]);
  });
});

describe('watch', () => {
  it('holds no more than its bound for a slow program and resumes where that program was', async () => {
    const watched = room.watch();
    const first = watched.next();
    await settle();
    await first;
    for (let i = 0; i < 30; i++)
      hub.append(...Array.from({ length: 100 }, () => ({})));
    await settle();
    expect(hub.connections[0]!.isClosed).toBe(true);
    expect(hub.connections).toHaveLength(1);

    const taken: number[] = [];
    while (taken.length < 3_000) {
      const next = watched.next();
      await settle();
      const { value } = await next as { value: RoomUpdate };
      if (value.kind === 'events')
        taken.push(...value.events.map(event => event.sequence));
    }

    expect(taken).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
    expect(hub.cursors).toEqual([null, 'h1:2000']);
    await watched.return(undefined);
  });

  it('ends with the hub\'s refusal', async () => {
    hub.watchError = 'forbidden: You were removed.';
    const updates: RoomUpdate[] = [];
    const watching = (async () => {
      for await (const update of room.watch())
        updates.push(update);
    })().catch((error: HubClientError) => error);
    await settle();
    expect(await watching).toMatchObject({ code: 'forbidden', message: 'You were removed.' });
    expect(updates.at(-1)).toMatchObject({ kind: 'connectionState', connectionState: 'ended' });
  });

  it('ends quietly when its signal aborts, and can then begin again', async () => {
    const abort = new AbortController();
    const watching = (async () => {
      for await (const update of room.watch({ signal: abort.signal }))
        expect(update.kind).toBeTypeOf('string');
    })();
    await settle();
    abort.abort();
    await watching;
    expect(hub.current.isClosed).toBe(true);
    const again = room.watch();
    const next = again.next();
    await settle();
    expect((await next).done).toBe(false);
    await again.return(undefined);
  });

  it('refuses a second one at the same time', async () => {
    const watched = room.watch();
    const first = watched.next();
    await settle();
    await first;
    await expect(room.watch().next()).rejects.toThrow('watched already');
    await watched.return(undefined);
  });
});
