import { describe, expect, it } from 'vitest';
import { findWords, wordsOf } from '../../src/search/findWords';
import { noFilters, requestOf } from '../../src/search/useSearch';

const found = (text: string, query: string) => findWords(text, wordsOf(query)).map(({ start, end }) => text.slice(start, end));

describe('Words in a text', () => {
  it('are found in any case, accent and width', () => {
    expect(found('Ägypten und ÄGYPTEN', 'agypten')).toEqual(['Ägypten', 'ÄGYPTEN']);
    expect(found('Привет, ΟΔΟΣ', 'привет οδος')).toEqual(['Привет', 'ΟΔΟΣ']);
    expect(found('Straße', 'strasse')).toEqual(['Straße']);
    expect(found('ｆｕｌｌ width', 'full')).toEqual(['ｆｕｌｌ']);
  });

  it('are found with all the marks on their letters', () => {
    expect(found('e\u0301te\u0301!', 'été')).toEqual(['e\u0301te\u0301']);
  });

  it('are found where they are parts, and once where they overlap', () => {
    expect(found('chlorophyll', 'phyll')).toEqual(['phyll']);
    expect(found('abcd', 'abc bcd')).toEqual(['abcd']);
    expect(found('a🌿b leaf', 'leaf')).toEqual(['leaf']);
  });

  it('are none without a search', () => {
    expect(found('anything', '  ')).toEqual([]);
  });
});

describe('Filters', () => {
  it('ask for what was chosen, and for nothing else', () => {
    expect(requestOf(noFilters)).toEqual({});
    expect(requestOf({ ...noFilters, kind: 'message', agent: ' Writer ', from: '2026-01-31T08:00', to: 'never' })).toEqual({
      kind: 'message',
      agent: 'Writer',
      from: new Date('2026-01-31T08:00').toISOString(),
    });
  });
});
