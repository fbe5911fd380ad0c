import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let room: RoomClient;
let answer: (method: string | undefined) => Response;

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  answer = () => Response.json({ runs: [], next: null });
  room = new HubClient('http://hub.test', { connect: hub.connect, fetch: (_, init) => Promise.resolve(answer(init?.method)) }).openRoom('r1', 't1');
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** Takes updates until the room is live and nothing more comes. */
async function takeUntilLive(updates: AsyncIterator<RoomUpdate, void>): Promise<void> {
  for (;;) {
    const next = updates.next();
    await settle();
    const { value } = await next;
    if (value?.kind === 'connectionState' && value.connectionState === 'live')
      return;
  }
}

describe('Returning from a watch while its next update is waited for', () => {
  it('ends both at once and lets go of the connection', async () => {
    const updates = room.watch();
    await takeUntilLive(updates);
    const waiting = updates.next();
    await settle();

    expect(await updates.return()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    await settle();
    expect(hub.current.isClosed).toBe(true);
    expect(room.connectionState).toBe('offline');
    expect(await updates.next()).toEqual({ done: true, value: undefined });

    const again = room.watch();
    await takeUntilLive(again);
    await again.return();
  });

  it('is what the end of a stream made of it does', async () => {
    const readable = Readable.from(room.watch(), { objectMode: true });
    readable.on('data', () => {});
    await settle();
    readable.destroy();
    await settle();
    expect(hub.current.isClosed).toBe(true);
    expect(readable.destroyed).toBe(true);
  });

  it('is what the end of a stream by an error does', async () => {
    const readable = Readable.from(room.watch(), { objectMode: true });
    const errors: Error[] = [];
    readable.on('data', () => {});
    readable.on('error', error => errors.push(error));
    await settle();
    readable.destroy(new Error('mine'));
    await settle();
    expect(hub.current.isClosed).toBe(true);
    expect(errors.map(error => error.message)).toEqual(['mine']);
  });

  it('is what a loop that races it with a timer may do', async () => {
    const updates = room.watch();
    const kinds: string[] = [];
    const race = async () => {
      for (;;) {
        const timer = new Promise<'late'>(resolve => setTimeout(() => resolve('late'), 1_000));
        const result = await Promise.race([updates.next(), timer]);
        if (result === 'late')
          break;

        kinds.push(result.value!.kind);
      }

      await updates.return();
    };
    const racing = race();
    await vi.advanceTimersByTimeAsync(1_000);
    await racing;
    expect(kinds).toEqual(['connectionState', 'snapshot', 'connectionState']);
    expect(hub.current.isClosed).toBe(true);
  });

  it('is what `await using` does', async () => {
    const watch = async () => {
      await using updates = room.watch();
      await updates.next();
    };
    const watching = watch();
    await settle();
    await watching;
    await settle();
    expect(hub.current.isClosed).toBe(true);
    expect(room.connectionState).toBe('offline');
  });
});

describe('A watch', () => {
  it('answers several callers of next one after the other', async () => {
    const updates = room.watch();
    const taken = Promise.all([updates.next(), updates.next(), updates.next()]);
    await settle();
    expect((await taken).map(next => next.value?.kind)).toEqual(['connectionState', 'snapshot', 'connectionState']);
    await updates.return();
  });

  it('that is thrown into ends with that error', async () => {
    const updates = room.watch();
    await takeUntilLive(updates);
    await expect(updates.throw(new Error('mine'))).rejects.toThrow('mine');
    await settle();
    expect(hub.current.isClosed).toBe(true);
  });

  it('that nobody has asked for an update makes no connection and takes no place', async () => {
    room.watch();
    const updates = room.watch();
    await updates.return();
    expect(hub.connections).toHaveLength(0);
    await takeUntilLive(room.watch());
  });

  it('with a signal that has aborted makes no connection', async () => {
    expect(await room.watch({ signal: AbortSignal.abort() }).next()).toEqual({ done: true, value: undefined });
    expect(hub.connections).toHaveLength(0);
  });

  it('that is refused because another goes on leaves that one alone, and is over', async () => {
    const first = room.watch();
    await takeUntilLive(first);
    const second = room.watch();
    await expect(second.next()).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(await second.next()).toEqual({ done: true, value: undefined });
    expect(hub.current.isClosed).toBe(false);
    await first.return();
  });
});

describe('Watching again at once', () => {
  it.each([
    ['aborting', (abort: AbortController) => abort.abort()],
    ['closing', () => room.close()],
  ])('after %s takes over, as a component does that is mounted again', async (_, stop) => {
    const abort = new AbortController();
    const first = room.watch({ signal: abort.signal });
    await takeUntilLive(first);
    hub.append({}, {});
    await settle();
    stop(abort);

    const second = room.watch();
    await takeUntilLive(second);
    expect(await first.next()).toEqual({ done: true, value: undefined });
    expect(hub.connections.map(connection => connection.isClosed)).toEqual([true, false]);
    expect(room.state?.messages).toHaveLength(2);
    expect(room.connectionState).toBe('live');
    await second.return();
  });

  it('many times leaves one connection', async () => {
    for (let times = 0; times < 20; times++) {
      const abort = new AbortController();
      void room.open({ signal: abort.signal });
      abort.abort();
    }

    void room.open();
    await settle();
    expect(room.connectionState).toBe('live');
    expect(hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  });
});

describe('A room that this member ends', () => {
  it.each([
    ['leaving', 'unauthenticated: This token is no longer valid.', () => room.leave()],
    ['deleting', 'not_found: The room was deleted.', () => room.delete()],
  ])('by %s it ends the watch without an error', async (_, word, end) => {
    const opening = room.open();
    await settle();
    answer = method => {
      if (method === 'DELETE')
        hub.current.fail(word);
      return Response.json({ me: { id: 'm1' } });
    };
    const ending = end();
    await settle();
    await ending;
    await opening;
    expect(room.connectionState).toBe('ended');
  });

  it('ends the watch with an error where the call was refused and somebody else did it', async () => {
    const opening = room.open();
    const failing = expect(opening).rejects.toMatchObject({ code: 'not_found' });
    await settle();
    answer = () => Response.json({ code: 'forbidden', detail: 'Only a host.' }, { status: 403 });
    await expect(room.delete()).rejects.toMatchObject({ code: 'forbidden' });
    hub.current.fail('not_found: Somebody else did it.');
    await settle();
    await failing;
  });
});
