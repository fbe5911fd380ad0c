import { describe, expect, it } from 'vitest';
import { cutsWithin, moveByWord, stillHeld } from '../../../src/runs/lanes/words';

const text = 'Call 112 now, please.';

function moved(range: { start: number; end: number } | undefined, step: 1 | -1, isExtending = false, from = 0) {
  const next = moveByWord(text, from, range, step, isExtending);
  return next && text.slice(next.start, next.end);
}

describe('Arrow keys in a held text', () => {
  it('begin at the first word that the others do not have, or at the last', () => {
    expect(moved(undefined, 1)).toBe('Call');
    expect(moved(undefined, 1, false, 5)).toBe('112');
    expect(moved(undefined, -1)).toBe('please.');
    expect(moveByWord('   ', 0, undefined, 1, false)).toBeUndefined();
  });

  it('go from word to word and stay at the ends', () => {
    expect(moved({ start: 0, end: 4 }, 1)).toBe('112');
    expect(moved({ start: 5, end: 13 }, 1)).toBe('please.');
    expect(moved({ start: 5, end: 13 }, -1)).toBe('Call');
    expect(moved({ start: 0, end: 4 }, -1)).toBe('Call');
    expect(moved({ start: 14, end: 21 }, 1)).toBe('please.');
  });

  it('take another word, or give the last back, with Shift', () => {
    expect(moved({ start: 5, end: 8 }, 1, true)).toBe('112 now,');
    expect(moved({ start: 5, end: 13 }, -1, true)).toBe('112');
    expect(moved({ start: 5, end: 8 }, -1, true)).toBe('112');
  });
});

describe('A selection in a held text', () => {
  it('keeps what was not released meanwhile', () => {
    expect(stillHeld({ start: 2, end: 8 }, 0)).toEqual({ start: 2, end: 8 });
    expect(stillHeld({ start: 2, end: 8 }, 5)).toEqual({ start: 5, end: 8 });
    expect(stillHeld({ start: 2, end: 8 }, 8)).toBeUndefined();
    expect(stillHeld(undefined, 0)).toBeUndefined();
  });
});

describe('The cuts of a growing text', () => {
  it('are at fixed places, and never within a sign', () => {
    expect(cutsWithin('x'.repeat(200), 0, 200)).toEqual([64, 128, 192]);
    expect(cutsWithin('x'.repeat(200), 70, 130)).toEqual([128]);
    expect(cutsWithin('x'.repeat(64), 0, 64)).toEqual([]);
    expect(cutsWithin(`${'x'.repeat(63)}😀y`, 0, 66)).toEqual([65]);
  });
});
