import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let room: RoomClient;
let watched: AsyncGenerator<RoomUpdate, void, undefined>;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub = new FakeHub();
  const fetch = () => Promise.resolve(Response.json({ runs: [], next: null }));
  room = new HubClient('http://hub.test', { connect: hub.connect, fetch, maxBufferedEvents: 10 }).openRoom('r1', 'token');
  watched = room.watch();
  await takeUntil(update => update.kind === 'connectionState' && update.connectionState === 'live');
});

afterEach(async () => {
  await watched.return(undefined);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function takeUntil(isIt: (update: RoomUpdate) => boolean): Promise<RoomUpdate[]> {
  const taken: RoomUpdate[] = [];
  do {
    const next = watched.next();
    await vi.advanceTimersByTimeAsync(0);
    taken.push((await next).value as RoomUpdate);
  } while (!isIt(taken.at(-1)!));

  return taken;
}

describe('A program that is stuck in an idle room', () => {
  it('holds one presence', async () => {
    for (let viewers = 1; viewers <= 100; viewers++)
      hub.current.call('PresenceChanged', 'r1', { viewers, members: [] });

    hub.append({});
    const [presence, events] = await takeUntil(update => update.kind === 'events');
    expect(presence).toEqual({ kind: 'presence', presence: { viewers: 100, members: [] } });
    expect(events).toMatchObject({ kind: 'events', events: [{ sequence: 1 }] });
  });

  it.each([
    ['bring nothing', true],
    ['are resumed and break', false],
  ])('is not told without end of connections that %s', async (_, bringsNothing) => {
    if (bringsNothing)
      hub.onWatch = () => {};

    for (let minutes = 0; minutes < 30; minutes++) {
      if (hub.current.isOpen)
        hub.current.cut();
      await vi.advanceTimersByTimeAsync(60_000);
    }

    expect(hub.connections.length).toBeLessThan(10);
    expect(hub.current.isClosed).toBe(true);
    expect(room.connectionState).toBe('catchingUp');

    hub.onWatch = undefined;
    hub.append({});
    await takeUntil(update => update.kind === 'events');
    expect(room.connectionState).toBe('live');
  });

  it('is not told without end of a disk that fails', async () => {
    for (let i = 0; i < 100; i++)
      hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable: i % 2 === 1 });

    await vi.advanceTimersByTimeAsync(0);
    expect(hub.current.isClosed).toBe(true);
    const taken = await takeUntil(update => update.kind === 'resumed');
    expect(taken.filter(update => update.kind === 'storage')).toHaveLength(10);
  });
});
