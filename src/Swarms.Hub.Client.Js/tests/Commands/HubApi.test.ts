import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Endings, HubClient, type HubClientOptions } from '../../src/index.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function roomOf(answer: () => Response | Promise<Response>, options: HubClientOptions = {}) {
  const fetch = vi.fn(() => Promise.resolve().then(answer));
  return { fetch, room: new HubClient('http://hub.test/base/?x#y', { fetch, ...options }).openRoom('r1', 't1') };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const failure = call.then(() => undefined, (error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return failure;
}

describe('An address', () => {
  it('may have a path, and nothing behind it', () => {
    expect(new HubClient('http://hub.test/base/?x#y').address.href).toBe('http://hub.test/base/');
    expect(new HubClient(new URL('https://hub.test')).address.href).toBe('https://hub.test/');
  });

  it.each(['ftp://hub.test', 'file:///hub', 'hub', ''])('%j is refused', address => {
    expect(() => new HubClient(address)).toThrow(TypeError);
  });
});

describe('An option', () => {
  it.each<HubClientOptions>([
    { maxReconnectDelay: -1 }, { connectTimeout: 0 }, { serverTimeout: 0 }, { keepAliveInterval: Number.NaN }, { maxBufferedEvents: 0 },
  ])('%j is refused where it is given', options => {
    expect(() => new HubClient('http://hub.test', options)).toThrow(RangeError);
  });
});

describe('A refusal', () => {
  it('has the code, the sentence and the patience of the hub', async () => {
    const { room } = roomOf(() => Response.json(
      { code: 'rate_limited', title: 'Too many', detail: '20 messages in a minute.' }, { status: 429, headers: { 'Retry-After': '7' } }));
    expect(await failureOf(room.say('x'))).toMatchObject({ code: 'rate_limited', message: '20 messages in a minute.', retryAfter: 7 });
  });

  it.each([
    ['a date behind its own', 'Thu, 26 Nov 2026 12:00:10 GMT', 'Thu, 26 Nov 2026 12:00:00 GMT', 10],
    ['a date that is over', 'Thu, 26 Nov 2026 11:00:00 GMT', 'Thu, 26 Nov 2026 12:00:00 GMT', 0],
    ['a date where it has none of its own', 'Thu, 26 Nov 2026 12:00:10 GMT', undefined, undefined],
    ['what is no time', 'soon', 'Thu, 26 Nov 2026 12:00:00 GMT', undefined],
  ])('asks for a pause by %s, and no clock has to be right', async (_, retryAfter, date, seconds) => {
    vi.setSystemTime('2030-01-01');
    const headers = { 'Retry-After': retryAfter, ...(date === undefined ? {} : { Date: date }) };
    const { room } = roomOf(() => Response.json({ code: 'starting' }, { status: 503, headers }));
    expect(await failureOf(room.say('x'))).toMatchObject({ code: 'starting', retryAfter: seconds });
  });

  it.each([401, 403, 404, 407, 500, 502])('of status %i without a code is a proxy\'s word, which ends no room', async status => {
    const { room } = roomOf(() => new Response('<html>', { status }));
    expect(await failureOf(room.say('x'))).toMatchObject({
      code: 'hub_unreachable', isFinal: false, message: `The hub at http://hub.test/base/ answered with status ${status}.`,
    });
  });

  it.each([...Endings.all.map(ending => ending.code), 'a_code_of_later'])('%s is followed by another attempt where the table says so', async code => {
    const { fetch, room } = roomOf(() => Response.json({ code, detail: 'No.' }, { status: Endings.find(code)?.httpStatus ?? 500 }));
    expect(await failureOf(room.startRun({ task: 't', agent: 'a' }))).toMatchObject({ code });
    expect(fetch).toHaveBeenCalledTimes(Endings.comeBackAfter(code) === 'no' ? 1 : 4);
  });
});

describe('An answer', () => {
  it.each(['<html>Welcome</html>', '', 'null'])('%j is no hub\'s', async text => {
    const { room } = roomOf(() => new Response(text));
    expect(await failureOf(room.say('x'))).toMatchObject({ code: 'hub_unreachable', message: expect.stringContaining('is no hub\'s') as string });
  });
});

describe('A hub that is not reached', () => {
  it('says why in its sentence, as the platform knows it', async () => {
    const { room } = roomOf(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5080'), { code: 'ECONNREFUSED' }) });
    });
    expect(await failureOf(room.say('x'))).toMatchObject({
      code: 'hub_unreachable', message: 'The hub at http://hub.test/base/ cannot be reached: connect ECONNREFUSED 127.0.0.1:5080',
    });
  });
});
