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
