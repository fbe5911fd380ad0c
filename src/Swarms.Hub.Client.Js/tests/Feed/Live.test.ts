import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomFrame, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let room: RoomClient;
let told: string[];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  hub = new FakeHub();
  const fetch = () => Promise.resolve(Response.json({ runs: [], next: null }));
  room = new HubClient('http://hub.test', { connect: hub.connect, fetch }).openRoom('r1', 'token');
  told = [];
  room.onUpdate(update => told.push(word(update)));
  void room.open();
  await settle();
  expect(told).toEqual(['catchingUp', 'snapshot', 'live']);
  told.length = 0;
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

function word(update: RoomUpdate): string {
  return update.kind === 'connectionState' ? update.connectionState : update.kind === 'events' ? `to ${update.events.at(-1)!.sequence}` : update.kind;
}

function saying(from: number, to: number): RoomFrame {
  const events = Array.from({ length: to - from + 1 }, (_, i) => ({ sequence: from + i, at: '', type: 'message', by: 'm1', data: { text: 'x' } }));
  return { kind: 'events', cursor: `h1:${to}`, events };
}

/** Loses the connection; the next one brings these. */
async function reconnect(...frames: RoomFrame[]): Promise<void> {
  hub.onWatch = connection => frames.forEach(frame => connection.send(frame));
  hub.current.cut();
  await vi.advanceTimersByTimeAsync(1_000);
}

describe('A room whose connection is back', () => {
  it('is live when all that was missed was handed over, and not before', async () => {
    await reconnect({ kind: 'resumed', cursor: 'h1:0', head: 4 }, saying(1, 2));
    expect(room.connectionState).toBe('catchingUp');
    hub.current.send(saying(3, 3));
    await settle();
    expect(room.connectionState).toBe('catchingUp');
    hub.current.send(saying(4, 6));
    hub.current.send(saying(7, 7));
    await settle();
    expect(told).toEqual(['reconnecting', 'catchingUp', 'resumed', 'to 2', 'to 3', 'to 6', 'live', 'to 7']);
  });

  it('by a cursor such as a hub gives out is live no sooner either', async () => {
    const cursor = (sequence: number) => `${sequence.toString(16).padStart(36, '0')}:${sequence}`;
    await reconnect({ ...hub.snapshot('diverged'), cursor: cursor(2) });
    await reconnect({ kind: 'resumed', cursor: cursor(2), head: 4 }, { ...saying(3, 3), cursor: cursor(3) }, { ...saying(4, 4), cursor: cursor(4) });
    expect(told.slice(-4)).toEqual(['resumed', 'to 3', 'to 4', 'live']);
    expect(hub.cursors.at(-1)).toBe(cursor(2));
  });

  it.each([['nothing was missed', 0], ['an older hub does not say what was missed', undefined]])('is live at once where %s', async (_, head) => {
    await reconnect({ kind: 'resumed', cursor: 'h1:0', ...(head === undefined ? {} : { head }) }, saying(1, 1));
    expect(told).toEqual(['reconnecting', 'catchingUp', 'resumed', 'live', 'to 1']);
  });

  it('and is cut while it catches up, is live when it has what the next connection says', async () => {
    await reconnect({ kind: 'resumed', cursor: 'h1:0', head: 4 }, saying(1, 2));
    await reconnect({ kind: 'resumed', cursor: 'h1:2', head: 6 }, saying(3, 4), saying(5, 6));
    expect(told).toEqual(['reconnecting', 'catchingUp', 'resumed', 'to 2', 'reconnecting', 'catchingUp', 'resumed', 'to 4', 'to 6', 'live']);
  });

  it('is live with a snapshot of another history, whatever head the connection before spoke of', async () => {
    await reconnect({ kind: 'resumed', cursor: 'h1:0', head: 9 }, saying(1, 2));
    await reconnect({ ...hub.snapshot('diverged'), cursor: 'h2:1' }, saying(2, 2));
    expect(told.slice(-3)).toEqual(['snapshot', 'live', 'to 2']);
  });

  it('is live with a snapshot, also in place of what was missed', async () => {
    await reconnect({ kind: 'resumed', cursor: 'h1:0', head: 9 }, saying(1, 2), { ...hub.snapshot('behind'), cursor: 'h1:5000' }, saying(5_001, 5_001));
    expect(told).toEqual(['reconnecting', 'catchingUp', 'resumed', 'to 2', 'snapshot', 'live', 'to 5001']);
  });
});
