import { describe, expect, it } from 'vitest';
import type { RoomUpdate } from '../src/index.js';
import { UpdateQueue } from '../src/Feed/UpdateQueue.js';
import { FakeHub } from './FakeHub.js';

const presence = (viewers: number): RoomUpdate => ({ kind: 'presence', presence: { viewers, members: [] } });
const storage = (isAvailable: boolean): RoomUpdate => ({ kind: 'storage', isAvailable });
const saying = (from: number, to: number): RoomUpdate => ({
  kind: 'events',
  cursor: `h1:${to}`,
  events: Array.from({ length: to - from + 1 }, (_, i) => ({ sequence: from + i, at: '', type: 'message', by: 'm1', data: { text: 'x' } })),
});

async function takeAll(queue: UpdateQueue): Promise<RoomUpdate[]> {
  queue.close();
  const taken: RoomUpdate[] = [];
  for (let update = await queue.take(); update; update = await queue.take())
    taken.push(update);

  return taken;
}

describe('A queue of updates', () => {
  it('holds the newest presence of those that come one after the other, and counts it once', async () => {
    const queue = new UpdateQueue(2);
    for (let viewers = 1; viewers <= 1_000; viewers++)
      queue.push(presence(viewers));

    expect(queue.hasRoom).toBe(true);
    expect(await takeAll(queue)).toEqual([presence(1_000)]);
    await queue.room();
  });

  it('never lets presence pass what came before or after it', async () => {
    const queue = new UpdateQueue(2);
    for (const update of [saying(3, 4), presence(1), presence(2), saying(5, 5), presence(3), storage(false), presence(4), presence(5)])
      queue.push(update);

    expect(await takeAll(queue)).toEqual([saying(3, 4), presence(2), saying(5, 5), presence(3), storage(false), presence(5)]);
  });

  it('does not replace presence that was taken', async () => {
    const queue = new UpdateQueue(2);
    queue.push(presence(1));
    expect(await queue.take()).toEqual(presence(1));
    queue.push(presence(2));
    expect(await queue.take()).toEqual(presence(2));
  });

  it('replaces nothing else, and counts each', async () => {
    const queue = new UpdateQueue(2);
    const snapshot = new FakeHub().snapshot() as RoomUpdate;
    const updates: RoomUpdate[] = [
      snapshot, snapshot, { kind: 'resumed', cursor: 'h1:2' }, { kind: 'resumed', cursor: 'h1:2' }, saying(3, 3), saying(4, 4), storage(false), storage(true),
      { kind: 'connectionState', connectionState: 'live' }, { kind: 'connectionState', connectionState: 'offline' },
    ];
    queue.push(updates[0]!);
    expect(queue.hasRoom).toBe(true);
    for (const update of updates.slice(1)) {
      queue.push(update);
      expect(queue.hasRoom).toBe(false);
    }

    expect(await takeAll(queue)).toEqual(updates);
    expect(queue.hasRoom).toBe(true);
  });
});
