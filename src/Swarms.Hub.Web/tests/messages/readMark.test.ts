import type { Message } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { countNew, firstMark, nextMark } from '../../src/messages/readMark';

const said = (...by: string[]): Message[] =>
  by.map((member, i) => ({ sequence: i + 1, at: '2026-01-01T12:00:00.000Z', by: member, text: '', reactions: [] }));

describe('The mark of what was read', () => {
  it('begins where the reader was, if somebody else spoke since', () => {
    expect(firstMark(1, said('me', 'ada', 'me'), 'me')).toEqual({ seen: 1, line: 1 });
    expect(firstMark(1, said('ada', 'me'), 'me')).toEqual({ seen: 2 });
    expect(firstMark(null, said('ada', 'ada'), 'me')).toEqual({ seen: 2 });
    expect(firstMark(9, said('ada'), 'me')).toEqual({ seen: 1 });
  });

  it('draws no line while the reader looks', () => {
    expect(nextMark({ seen: 1 }, said('ada', 'ada'), 'me', true)).toEqual({ seen: 2 });
  });

  it('draws a line above the first message that the reader missed, and keeps it', () => {
    const away = nextMark({ seen: 1 }, said('ada', 'ada'), 'me', false);
    expect(away).toEqual({ seen: 1, line: 1 });
    expect(nextMark(away, said('ada', 'ada', 'ada'), 'me', false)).toBe(away);
    const back = nextMark(away, said('ada', 'ada', 'ada'), 'me', true);
    expect(back).toEqual({ seen: 3, line: 1, end: 3 });
    expect(nextMark(back, said('ada', 'ada', 'ada', 'ada'), 'me', true)).toEqual({ seen: 4, line: 1, end: 3 });
  });

  it('waits for messages that are not drawn yet', () => {
    const missed = nextMark({ seen: 1 }, said('ada', 'ada', 'ada'), 'me', false);
    expect(nextMark(missed, said('ada'), 'me', true)).toBe(missed);
    expect(nextMark(missed, said('ada', 'ada', 'ada'), 'me', true)).toEqual({ seen: 3, line: 1, end: 3 });
  });

  it('takes the line away when the reader speaks, and moves it to what is missed next', () => {
    const back = { seen: 3, line: 1, end: 3 };
    expect(nextMark(back, said('ada', 'ada', 'ada', 'me'), 'me', true)).toEqual({ seen: 4 });
    expect(nextMark(back, said('ada', 'ada', 'ada', 'ada'), 'me', false)).toEqual({ seen: 3, line: 3 });
  });

  it('does not count what one said oneself', () => {
    expect(nextMark({ seen: 1 }, said('ada', 'me'), 'me', false)).toEqual({ seen: 1 });
    expect(countNew(said('ada', 'me', 'ada'), 0, 3, 'me')).toBe(2);
    expect(countNew(said('ada', 'me', 'ada'), 1, 3, undefined)).toBe(2);
  });

  it('is the same object while nothing changes, or the page would draw for ever', () => {
    const mark = { seen: 2 };
    expect(nextMark(mark, said('ada', 'ada'), 'me', true)).toBe(mark);
    expect(nextMark(mark, said('ada', 'ada'), 'me', false)).toBe(mark);
  });
});
