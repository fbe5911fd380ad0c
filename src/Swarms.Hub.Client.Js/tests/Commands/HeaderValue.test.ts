import { describe, expect, it } from 'vitest';
import { HubClient } from '../../src/index.js';

const uncarried = ['tökén', 'a b', 'a\nb', 'x\u200b', ' x', 'x ', 'a\tb', 'a\0b', 'a\u007fb', '日本', 'a\r', ' ', ''];

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }

  return undefined;
}

describe('A secret that no header carries', () => {
  it.each(uncarried.map(secret => [JSON.stringify(secret), secret]))('such as %s is refused as a token, and not repeated', (_, token) => {
    const error = thrownBy(() => new HubClient('http://hub.test').openRoom('r1', token));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^token: /);
    expectWithout(token, error);
  });

  it.each(uncarried.map(secret => [JSON.stringify(secret), secret]))('such as %s is refused as a key, and not repeated', (_, operatorKey) => {
    const error = thrownBy(() => new HubClient('http://hub.test', { operatorKey }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/^operatorKey: /);
    expectWithout(operatorKey, error);
  });

  function expectWithout(secret: string, error: unknown): void {
    if (secret.trim().length > 1)
      expect((error as Error).message).not.toContain(secret);
  }
});

it('A secret of all characters that a header carries is sent as it is', async () => {
  const token = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('');
  const sent: (string | null)[] = [];
  const fetch = (_: unknown, init?: RequestInit) => {
    sent.push(new Headers(init?.headers).get('Authorization'));
    return Promise.resolve(Response.json({ sequence: 1 }));
  };
  await new HubClient('http://hub.test', { fetch }).openRoom('r1', token).say('Hello');
  expect(sent).toEqual([`Bearer ${token}`]);
});

it('A room without a token is the page\'s own, by its cookie', () => {
  expect(new HubClient('http://hub.test').openRoom('r1').token).toBeUndefined();
});
