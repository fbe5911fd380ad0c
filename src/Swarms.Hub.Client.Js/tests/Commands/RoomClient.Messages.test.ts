import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

let hub: FakeHub;
let room: RoomClient;
let calls: { url: string; method: string | undefined; body: unknown }[];
let answers: (() => Response)[];

const done = () => new Response(null, { status: 204 });

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  calls = [];
  answers = [];
  const fetch = (url: unknown, init: RequestInit = {}) => {
    calls.push({ url: String(url), method: init.method, body: JSON.parse(init.body as string) });
    return Promise.resolve().then(answers.shift() ?? done);
  };
  room = new HubClient('http://hub.test', { connect: hub.connect, fetch }).openRoom('r1', 'token');
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const bodies = () => calls.map(call => call.body);

describe('Calls about a target', () => {
  it('say in which history it was seen', async () => {
    hub.append({}, {}, {}, {});
    void room.open();
    await settle();
    const passage = { run: 'r1', from: 2, fromOffset: 0, to: 3, toOffset: 1 };
    answers = [() => Response.json({ sequence: 9 }, { status: 201 })];
    expect(await room.say('a', { replyTo: 2, quote: passage })).toBe(9);
    await room.editMessage(2, 'b');
    await room.react(passage, '👍');
    await room.unreact(2, '👍');
    expect(bodies()).toEqual([
      { text: 'a', replyTo: 2, quote: passage, cursor: 'h1:4' },
      { text: 'b', cursor: 'h1:4' },
      { target: 2, emoji: '👍', passage, cursor: 'h1:4' },
      { target: 2, emoji: '👍', cursor: 'h1:4' },
    ]);
    expect(calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /api/rooms/r1/messages',
      'PATCH /api/rooms/r1/messages/2',
      'POST /api/rooms/r1/reactions',
      'POST /api/rooms/r1/reactions/take-back',
    ]);
  });
});

describe('A reaction', () => {
  it('says how far the program was handed the room, and not what waits for it', async () => {
    hub.append({}, {});
    const watched = room.watch();
    const takeUntil = async (kind: RoomUpdate['kind']) => {
      for (let value: RoomUpdate | undefined; value?.kind !== kind;) {
        const next = watched.next();
        await settle();
        value = (await next).value ?? undefined;
      }
    };
    await takeUntil('snapshot');
    hub.append({});
    await takeUntil('events');
    hub.append({}, {});
    await settle();
    expect(room.state?.messages).toHaveLength(3);
    await room.react(3, '👍');
    await takeUntil('events');
    await room.react(3, '🎉');
    expect(bodies()).toEqual([
      { target: 3, emoji: '👍', cursor: 'h1:3' },
      { target: 3, emoji: '🎉', cursor: 'h1:5' },
    ]);
    expect(calls[0]).toMatchObject({ url: 'http://hub.test/api/rooms/r1/reactions', method: 'POST' });
    await watched.return(undefined);
  });

  it('names no cursor where nothing was watched', async () => {
    await room.react(3, '👍');
    expect(bodies()).toEqual([{ target: 3, emoji: '👍' }]);
    expect(hub.connections).toHaveLength(0);
  });

  it('names no cursor that is from before its event, which proves nothing of it', async () => {
    hub.append({}, {});
    void room.open();
    await settle();
    await room.react(2, '👍');
    await room.react(3, '👍');
    expect(bodies()).toEqual([
      { target: 2, emoji: '👍', cursor: 'h1:2' },
      { target: 3, emoji: '👍' },
    ]);
  });

  it('still says it when nobody watches any more', async () => {
    hub.append({}, {});
    void room.open();
    await settle();
    room.close();
    await settle();
    await room.react(1, '👍');
    expect(bodies()).toEqual([{ target: 1, emoji: '👍', cursor: 'h1:2' }]);
  });

  it('names the cursor of another history from its snapshot on', async () => {
    hub.append({}, {}, {});
    void room.open();
    await settle();
    hub.history = 'h2';
    hub.events.length = 2;
    hub.current.send(hub.snapshot('diverged'));
    await settle();
    await room.react(1, '👍');
    expect(bodies()).toEqual([{ target: 1, emoji: '👍', cursor: 'h2:2' }]);
  });

  it('is repeated as it was where it may not have arrived', async () => {
    hub.append({}, {});
    void room.open();
    await settle();
    answers = [
      () => {
        throw new TypeError('fetch failed');
      },
    ];
    const reacting = room.react(1, '👍');
    await settle();
    hub.append({});
    await vi.advanceTimersByTimeAsync(5_000);
    await reacting;
    expect(bodies()).toEqual([
      { target: 1, emoji: '👍', cursor: 'h1:2' },
      { target: 1, emoji: '👍', cursor: 'h1:2' },
    ]);
  });

  it("fails with the hub's code where the history is another", async () => {
    answers = [() => Response.json({ code: 'conflict', detail: 'Another history.' }, { status: 409 })];
    await expect(room.react(1, '👍')).rejects.toMatchObject({ code: 'conflict', message: 'Another history.' });
    expect(calls).toHaveLength(1);
  });
});
