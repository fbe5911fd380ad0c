import { describe, expect, it } from 'vitest';
import { HubClientError } from '../src/index.js';

describe('HubClientError.fromHub', () => {
  it.each([
    ['An unexpected error occurred invoking \'React\' on the server. HubException: invalid: The emoji is too long.', 'invalid', 'The emoji is too long.'],
    ['An error occurred on the server while streaming results. HubException: not_found: No such room.', 'not_found', 'No such room.'],
    ['forbidden: Only hosts: may do that.\nReally.', 'forbidden', 'Only hosts: may do that.\nReally.'],
  ])('reads %j', (text, code, message) => {
    expect(HubClientError.fromHub(new Error(text))).toMatchObject({ code, message });
  });

  it.each(['Server timeout elapsed.', 'WebSocket closed with status code: 1006 (no reason given).', 'Error: x', ''])('takes %j for a lost connection', text => {
    expect(HubClientError.fromHub(new Error(text)).code).toBe('hub_unreachable');
  });

  it('keeps what it already is', () => {
    const error = new HubClientError('conflict', 'Twice.');
    expect(HubClientError.fromHub(error)).toBe(error);
  });
});

describe('HubClientError.fromResponse', () => {
  it('reads problem details and Retry-After', async () => {
    const response = Response.json({ code: 'queue_full', title: 'Too many', detail: '20 runs wait already.' }, { status: 429, headers: { 'Retry-After': '7' } });
    expect(await HubClientError.fromResponse(response)).toMatchObject({ code: 'queue_full', message: '20 runs wait already.', retryAfter: 7 });
  });

  it('reads a Retry-After that is a date', async () => {
    const response = new Response('{}', { status: 503, headers: { 'Retry-After': new Date(Date.now() + 5_000).toUTCString() } });
    expect((await HubClientError.fromResponse(response)).retryAfter).toBeGreaterThan(2);
  });

  it.each([401, 403, 404, 500, 502])('takes a status %i without a code for a proxy\'s word, which ends no room', async status => {
    const error = await HubClientError.fromResponse(new Response('<html>', { status }));
    expect(error).toMatchObject({ code: 'hub_unreachable', isFinal: false, message: `The hub answered with status ${status}.` });
  });
});
