import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Endings } from '../../src/index.js';

const table = JSON.parse(readFileSync(new URL('../../../../tests/protocol-cases/endings.json', import.meta.url), 'utf8')) as unknown;

describe('The table of endings', () => {
  it('is the one that all clients are compared with', () => expect(Endings.all).toEqual(table));

  it.each([[4408, 'stalled'], [4401, 'unauthenticated'], [1000, undefined], [0, undefined]])('has for the close code %i %s', (closeCode, code) => {
    expect(Endings.findByCloseCode(closeCode)?.code).toBe(code);
  });

  it('lets a client come back after a code of a later version', () => {
    expect(Endings.find('something_of_later')).toBeUndefined();
    expect(Endings.comeBackAfter('something_of_later')).toBe('after');
  });
});
