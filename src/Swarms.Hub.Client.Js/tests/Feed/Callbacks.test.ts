import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('Callbacks come in the order in which a slow program is handed the updates', async () => {
  const hub = new FakeHub();
  const room = new HubClient('http://hub.test', { connect: hub.connect }).openRoom('r1', 'token');
  const told: string[] = [];
  room.onEvent(event => told.push(`event ${event.sequence}`));
  room.onPresence(presence => told.push(`${presence.viewers} viewers`));
  room.onStorage(isAvailable => told.push(`storage ${isAvailable}`));
  room.onConnectionState(state => told.push(state));

  const watched = room.watch();
  const take = async (): Promise<RoomUpdate> => {
    const next = watched.next();
    await vi.advanceTimersByTimeAsync(0);
    return (await next).value as RoomUpdate;
  };
  for (let update = await take(); update.kind !== 'connectionState' || update.connectionState !== 'live';) update = await take();

  told.length = 0;
  hub.append({});
  hub.current.call('PresenceChanged', 'r1', { viewers: 2, members: [] });
  hub.append({});
  hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable: false });
  hub.append({});
  hub.current.cut();
  await vi.advanceTimersByTimeAsync(0);
  for (let update = await take(); update.kind !== 'connectionState' || update.connectionState !== 'reconnecting';) update = await take();

  expect(told).toEqual(['event 1', '2 viewers', 'event 2', 'storage false', 'event 3', 'reconnecting']);
  await watched.return(undefined);
});

describe('A callback that throws', () => {
  let hub: FakeHub;
  let room: RoomClient;

  beforeEach(() => {
    hub = new FakeHub();
    room = new HubClient('http://hub.test', { connect: hub.connect }).openRoom('r1', 'token');
  });

  afterEach(() => {
    room.close();
    vi.restoreAllMocks();
  });

  const kinds: [string, (callback: () => unknown) => unknown][] = [
    ['update', callback => room.onUpdate(callback)],
    ['event', callback => room.onEvent(callback)],
    ['presence', callback => room.onPresence(callback)],
    ['storage', callback => room.onStorage(callback)],
    ['connection state', callback => room.onConnectionState(callback)],
  ];

  async function live(): Promise<string[]> {
    const told: string[] = [];
    room.onEvent(event => told.push(`event ${event.sequence}`));
    room.onPresence(presence => told.push(`${presence.viewers} viewers`));
    room.onStorage(isAvailable => told.push(`storage ${isAvailable}`));
    room.onConnectionState(state => told.push(state));
    void room.open();
    await vi.advanceTimersByTimeAsync(0);
    hub.append({});
    hub.current.call('PresenceChanged', 'r1', { viewers: 2, members: [] });
    hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable: false });
    hub.append({});
    await vi.advanceTimersByTimeAsync(0);
    return told;
  }

  /** Collects what is thrown out of band, in place of letting it end the test. */
  function catchThrown(): unknown[] {
    const thrown: unknown[] = [];
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(task => {
      try {
        task();
      } catch (error) {
        thrown.push(error);
      }
    });
    return thrown;
  }

  it.each(kinds)('for every %s is reported, and disturbs neither the others nor the watch', async (kind, add) => {
    const errors: unknown[] = [];
    room.onError(error => errors.push(error));
    add(() => {
      throw new Error(kind);
    });
    expect(await live()).toEqual(['catchingUp', 'live', 'event 1', '2 viewers', 'storage false', 'event 2']);
    expect(room.connectionState).toBe('live');
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map(error => (error as Error).message))).toEqual(new Set([kind]));
  });

  it.each(kinds)('for every %s later, in its promise, is reported too', async (kind, add) => {
    const errors: unknown[] = [];
    room.onError(error => errors.push(error));
    add(async () => {
      await Promise.resolve();
      throw new Error(kind);
    });
    expect(await live()).toHaveLength(6);
    expect(new Set(errors.map(error => (error as Error).message))).toEqual(new Set([kind]));
  });

  it('is thrown out of band where nobody listens for errors, and the watch goes on', async () => {
    const thrown = catchThrown();
    room.onEvent(() => {
      throw new Error('mine');
    });
    expect(await live()).toHaveLength(6);
    expect(thrown.map(error => (error as Error).message)).toEqual(['mine', 'mine']);
  });

  it('for errors themselves is thrown out of band, and disturbs no other of them', async () => {
    const thrown = catchThrown();
    const heard: unknown[] = [];
    room.onStorage(() => {
      throw new Error('mine');
    });
    room.onError(() => {
      throw new Error('worse');
    });
    room.onError(error => heard.push(error));
    await live();
    expect(thrown.map(error => (error as Error).message)).toEqual(['worse']);
    expect(heard.map(error => (error as Error).message)).toEqual(['mine']);
  });

  it('was taken out is not called any more', async () => {
    const told: number[] = [];
    const stop = room.onEvent(event => told.push(event.sequence));
    room.onStorage(() => stop());
    await live();
    expect(told).toEqual([1]);
  });
});
