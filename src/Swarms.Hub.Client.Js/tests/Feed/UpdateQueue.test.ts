import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/Feed/FeedItem.js';
import { UpdateQueue } from '../../src/Feed/UpdateQueue.js';
import { readFrame } from '../../src/Protocol/Feed/RoomFrame.js';
import type { LogFrame } from '../../src/Feed/FeedPosition.js';
import type { ConnectionState } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

const presence = (viewers: number): FeedItem => ({ update: { kind: 'presence', presence: { viewers, members: [] } } });
const storage = (isAvailable: boolean): FeedItem => ({ update: { kind: 'storage', isAvailable } });
const state = (connectionState: ConnectionState): FeedItem => ({ update: { kind: 'connectionState', connectionState } });
const resumed: FeedItem = { frame: { kind: 'resumed', cursor: 'h1:2' } };
const saying = (from: number, to: number): FeedItem => ({
  frame: {
    kind: 'events',
    cursor: `h1:${to}`,
    events: Array.from({ length: to - from + 1 }, (_, i) => ({ sequence: from + i, at: '', type: 'message', by: 'm1', data: { text: 'x' } })),
  },
});

async function takeAll(queue: UpdateQueue): Promise<FeedItem[]> {
  queue.complete();
  const taken: FeedItem[] = [];
  for (let item = await queue.take(); item; item = await queue.take())
    taken.push(item);

  return taken;
}

describe('A queue of updates', () => {
  it('holds the newest presence of those that come one after the other, and counts it once', async () => {
    const queue = new UpdateQueue(2);
    for (let viewers = 1; viewers <= 1_000; viewers++)
      queue.write(presence(viewers));

    expect(queue.hasRoom).toBe(true);
    expect(await takeAll(queue)).toEqual([presence(1_000)]);
    await queue.waitUntilEmpty();
  });

  it('never lets presence pass what came before or after it', async () => {
    const queue = new UpdateQueue(2);
    for (const update of [saying(3, 4), presence(1), presence(2), saying(5, 5), presence(3), storage(false), presence(4), presence(5)])
      queue.write(update);

    expect(await takeAll(queue)).toEqual([saying(3, 4), presence(2), saying(5, 5), presence(3), storage(false), presence(5)]);
  });

  it('does not replace presence that was taken', async () => {
    const queue = new UpdateQueue(2);
    queue.write(presence(1));
    expect(await queue.take()).toEqual(presence(1));
    queue.write(presence(2));
    expect(await queue.take()).toEqual(presence(2));
  });

  it('replaces nothing else, and counts each', async () => {
    const queue = new UpdateQueue(2);
    const snapshot: FeedItem = { frame: readFrame(new FakeHub().snapshot()) as LogFrame };
    const updates = [
      snapshot, snapshot, resumed, resumed, saying(3, 3), saying(4, 4), storage(false), storage(true), state('live'), state('offline'),
    ];
    queue.write(updates[0]!);
    expect(queue.hasRoom).toBe(true);
    for (const update of updates.slice(1)) {
      queue.write(update);
      expect(queue.hasRoom).toBe(false);
    }

    expect(await takeAll(queue)).toEqual(updates);
    expect(queue.hasRoom).toBe(true);
  });

  it('counts what was taken until the program comes back for more', async () => {
    const queue = new UpdateQueue(2);
    queue.write(saying(3, 4));
    await queue.take();
    let isEmpty = false;
    const emptied = queue.waitUntilEmpty().then(() => { isEmpty = true; });
    expect(queue.hasRoom).toBe(false);
    await Promise.resolve();
    expect(isEmpty).toBe(false);

    queue.complete();
    expect(await queue.take()).toBeUndefined();
    await emptied;
    expect(queue.hasRoom).toBe(true);
  });
});
