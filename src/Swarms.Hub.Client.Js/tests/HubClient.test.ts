import { afterEach, expect, it, vi } from 'vitest';
import { ErrorCodes, HubClient, type HubClientOptions } from '../src/index.js';
import { FakeHub } from './FakeHub.js';

interface Call {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly credentials: string;
  readonly body: unknown;
  readonly at: number;
}

function hubThatAnswers(answers: (() => Response)[], options: HubClientOptions = {}): { hub: HubClient; calls: Call[] } {
  const calls: Call[] = [];
  const fetch = (url: unknown, init: RequestInit = {}) => {
    calls.push({
      url: String(url),
      method: init.method ?? 'GET',
      authorization: new Headers(init.headers).get('Authorization'),
      credentials: init.credentials ?? '',
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      at: Date.now(),
    });
    const answer = answers.shift();
    if (!answer) throw new Error(`Nobody expected ${String(url)}.`);
    return Promise.resolve().then(answer);
  };
  return { hub: new HubClient('http://hub.test/base', { ...options, fetch }), calls };
}

const member = { id: 'm1', name: 'Ada', role: 'host', joinedAt: '2026-01-01T12:00:00.000Z' };
const admitted = (token?: string) => () => Response.json({ room: { id: 'r 1', name: 'Room', createdAt: '' }, member, token });
const unreachable = () => {
  throw new TypeError('fetch failed');
};
const starting = (retryAfter?: string) => () =>
  Response.json(
    { code: 'starting', detail: 'The hub is starting.' },
    { status: 503, headers: retryAfter === undefined ? {} : { 'Retry-After': retryAfter } },
  );

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("creates a room with the operator's key and then acts with the member's token", async () => {
  const { hub, calls } = hubThatAnswers([admitted('t1'), () => Response.json({ sequence: 7 })], { operatorKey: 'key' });
  const room = await hub.createRoom('Room', 'Ada');
  expect(await room.say('Hello')).toBe(7);
  expect(room).toMatchObject({ id: 'r 1', token: 't1' });
  expect(calls).toMatchObject([
    {
      url: 'http://hub.test/base/api/rooms',
      method: 'POST',
      authorization: 'Bearer key',
      body: { name: 'Room', memberName: 'Ada' },
      credentials: 'omit',
    },
    { url: 'http://hub.test/base/api/rooms/r%201/messages', authorization: 'Bearer t1', body: { text: 'Hello' } },
  ]);
});

it("asks for a cookie on the hub's own page and sends no token", async () => {
  const { hub, calls } = hubThatAnswers([admitted(), () => Response.json({ sequence: 1 })], { session: 'cookie' });
  await (await hub.createRoom('Room')).say('Hello');
  expect(calls[0]).toMatchObject({ body: { session: 'cookie' }, credentials: 'same-origin', authorization: null });
  expect(calls[1]).toMatchObject({ credentials: 'same-origin', authorization: null });
});

it.each([
  ['http://hub.test/join#secret-secret-secret-secret', { invite: 'secret-secret-secret-secret' }],
  ['secret-secret-secret-secret', { invite: 'secret-secret-secret-secret' }],
  [' ABCD-2345 ', { code: 'ABCD-2345' }],
])('joins by %j', async (invite, body) => {
  const { hub, calls } = hubThatAnswers([admitted('t1')]);
  await hub.join(invite, 'Bob');
  expect(calls[0]!.body).toEqual({ ...body, name: 'Bob' });
});

it('repeats a start that may not have arrived, with the same key', async () => {
  const { hub, calls } = hubThatAnswers([unreachable, unreachable, () => Response.json({ run: { id: 'a' } })]);
  const run = await hub.openRoom('r1', 't1').startRun({ task: 'Tell', agent: 'Teller', model: 'm' });
  expect(run.id).toBe('a');
  const bodies = calls.map(call => call.body as { idempotencyKey: string });
  expect(bodies[0]).toMatchObject({ kind: 'agent', request: { agent_config: { agent_name: 'Teller', model_name: 'm' }, task: 'Tell' } });
  expect(bodies[0]!.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(bodies.map(body => body.idempotencyKey)).size).toBe(1);
});

it.each([
  ['as long as it asks for and a random part', '2', [2_500, 3_000]],
  ['no longer than its own longest pause', '3600', [5_000, 5_000]],
  ['a random part where it asks for nothing', undefined, [500, 1_000]],
])('repeats what a starting hub did not take, and waits %s', async (_, retryAfter, pauses) => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const { hub, calls } = hubThatAnswers([starting(retryAfter), starting(retryAfter), () => Response.json({ run: { id: 'a' } })]);
  const run = hub.openRoom('r1', 't1').startRun({ task: 'Tell', agent: 'Teller' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await run).id).toBe('a');
  expect(calls.slice(1).map((call, i) => call.at - calls[i]!.at)).toEqual(pauses);
});

it('does not repeat a message that a starting hub did not take', async () => {
  const { hub, calls } = hubThatAnswers([starting('2')]);
  await expect(hub.openRoom('r1', 't1').say('Hello')).rejects.toMatchObject({ code: ErrorCodes.starting, retryAfter: 2, isFinal: false });
  expect(calls).toHaveLength(1);
});

it('does not repeat a message, which would be said twice', async () => {
  const { hub, calls } = hubThatAnswers([unreachable]);
  await expect(hub.openRoom('r1', 't1').say('Hello')).rejects.toMatchObject({ code: 'hub_unreachable' });
  expect(calls).toHaveLength(1);
});

it('does not repeat what the hub refused', async () => {
  const { hub, calls } = hubThatAnswers([() => Response.json({ code: 'forbidden', detail: 'Viewers cannot.' }, { status: 403 })]);
  await expect(hub.openRoom('r1', 't1').startRun({ task: 't', agent: 'a' })).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Viewers cannot.',
  });
  expect(calls).toHaveLength(1);
});

it('says so when what answers is no hub', async () => {
  const { hub } = hubThatAnswers([() => new Response('<html>')]);
  await expect(hub.getServer()).rejects.toMatchObject({ code: 'hub_unreachable' });
});

it('raises a hand over a connection of its own while the room is not watched', async () => {
  const fake = new FakeHub();
  await new HubClient('http://hub.test', { connect: fake.connect }).openRoom('r1', 't1').raiseHand();
  expect(fake.current.invoked).toEqual([['RaiseHand', 'r1']]);
  expect(fake.current.isClosed).toBe(true);
});

it('searches with encoded words and only the choices that are given', async () => {
  const page = { results: [], next: null, isComplete: true };
  const { hub, calls } = hubThatAnswers([() => Response.json(page)]);
  expect(await hub.openRoom('r1', 't1').search('a&b ß', { kind: 'run', before: 7, limit: 5 })).toEqual(page);
  expect(calls.map(call => call.url)).toEqual(['http://hub.test/base/api/rooms/r1/search?q=a%26b+%C3%9F&kind=run&before=7&limit=5']);
});

it('lists, fetches and links with encoded names', async () => {
  const { hub, calls } = hubThatAnswers([() => Response.json({ runs: [], next: null }), () => Response.json({ id: 'x' })]);
  const room = hub.openRoom('r1', 't1');
  await room.listRuns({ query: 'a&b', limit: 5 });
  await room.getRun('a/b');
  expect(calls.map(call => call.url)).toEqual([
    'http://hub.test/base/api/rooms/r1/runs?q=a%26b&limit=5',
    'http://hub.test/base/api/rooms/r1/runs/a%2Fb',
  ]);
  expect(room.getTranscriptUrl('txt', 'a')).toBe('http://hub.test/base/api/rooms/r1/runs/a/transcript?format=txt');
  expect(room.getTranscriptUrl()).toBe('http://hub.test/base/api/rooms/r1/transcript?format=md');
});
