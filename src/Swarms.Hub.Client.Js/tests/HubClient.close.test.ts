import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../src/index.js';
import { FakeHub } from './FakeHub.js';
import { publicCalls } from './PublicCalls.js';

let hub: FakeHub;
let client: HubClient;
let room: RoomClient;
let fetch: (url: unknown, init?: RequestInit) => Promise<Response>;

const closed = { name: 'InvalidStateError', message: 'This HubClient is closed.' };
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  fetch = vi.fn(() => Promise.resolve(Response.json({})));
  client = new HubClient('http://hub.test', { connect: hub.connect, fetch: (url, init) => fetch(url, init) });
  room = client.openRoom('r1', 't1');
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
});

describe('A client that is closed', () => {
  it('has calls to try', () => expect(publicCalls.size).toBeGreaterThan(20));

  it.each([...publicCalls.keys()])('refuses %s, and names itself', async name => {
    client.close();
    await expect(publicCalls.get(name)!(client, room)).rejects.toMatchObject(closed);
    expect(fetch).not.toHaveBeenCalled();
    expect(hub.connections).toHaveLength(0);
  });

  it('gives out no room any more', () => {
    client.close();
    expect(() => client.openRoom('r1', 't1')).toThrow('This HubClient is closed.');
  });

  it('may be closed twice', () => {
    client.close();
    client.close();
  });
});

describe('Closing', () => {
  it('ends a watch as if it were aborted', async () => {
    const updates: RoomUpdate[] = [];
    const watching = (async () => {
      for await (const update of room.watch())
        updates.push(update);
    })();
    await settle();
    client.close();
    await watching;
    expect(hub.current.isClosed).toBe(true);
    expect(room.connectionState).toBe('offline');
    expect(updates.at(-1)).toMatchObject({ connectionState: 'live' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.connections).toHaveLength(1);
  });

  it('ends a watch that waits for the hub', async () => {
    hub.startError = new Error('no');
    const opening = room.open();
    await vi.advanceTimersByTimeAsync(10_000);
    client.close();
    await opening;
    const count = hub.connections.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.connections).toHaveLength(count);
  });

  it('may come from a callback', async () => {
    let events = 0;
    room.onEvent(() => {
      events++;
      client.close();
    });
    const opening = room.open();
    await settle();
    hub.append({});
    hub.append({});
    await opening;
    expect(events).toBe(1);
  });

  it('fails a call that is under way, and lets go of its request', async () => {
    let signal: AbortSignal | undefined | null;
    fetch = (_, init) => new Promise((_, reject) => {
      signal = init?.signal;
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
    const call = room.getRun('a');
    const failing = expect(call).rejects.toMatchObject(closed);
    await settle();
    client.close();
    await failing;
    expect(signal?.aborted).toBe(true);
  });

  it('fails a call that waits between two attempts', async () => {
    fetch = () => Promise.resolve(new Response('', { status: 503 }));
    const call = room.getRun('a');
    const failing = expect(call).rejects.toMatchObject(closed);
    await settle();
    client.close();
    await failing;
  });

  it('fails a hand that waits for its connection', async () => {
    client = new HubClient('http://hub.test', { connect: () => Object.assign(hub.connect(), { open: () => new Promise<void>(() => {}) }) });
    const raising = client.openRoom('r1', 't1').raiseHand();
    const failing = expect(raising).rejects.toMatchObject(closed);
    await settle();
    client.close();
    await failing;
  });
});
