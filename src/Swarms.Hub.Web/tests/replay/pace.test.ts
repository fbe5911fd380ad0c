import { describe, expect, it } from 'vitest';
import { momentIn, queryOf } from '../../src/replay/address';
import { binsOf, countsOf, kindsIn, markOf } from '../../src/replay/marks';
import { clockOf, countUntil, placesOf } from '../../src/replay/pace';

describe('The pace of a replay', () => {
  it('is that of the events, and pauses can be cut', () => {
    expect(placesOf([1000, 1500, 61_500])).toEqual([0, 500, 60_500]);
    expect(placesOf([1000, 1500, 61_500], 2000)).toEqual([0, 500, 2500]);
    expect(placesOf([])).toEqual([]);
  });

  it('finds how far a place is', () => {
    const places = [0, 0, 100, 200];
    expect([-1, 0, 99, 100, 1000].map(place => countUntil(places, place))).toEqual([0, 2, 2, 3, 4]);
  });

  it('is told as a clock', () => {
    expect([0, 61_999, 3_600_000].map(clockOf)).toEqual(['0:00', '1:01', '1:00:00']);
  });
});

describe('The marks of a replay', () => {
  it('are counted in the parts of the scrubber', () => {
    const bins = binsOf(['message', 'chunk', 'chunk', 'none', 'message'], [0, 10, 19, 50, 100], 100, 10);
    expect(bins.message).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(bins.chunk).toEqual([0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(binsOf(['run'], [0], 0, 2).run).toEqual([1, 0]);
  });

  it('tell votes, reveals, masked passages and what the budget stopped from the rest', () => {
    const mark = (type: string, data = {}) => markOf({ sequence: 1, at: '', type, data });
    expect(mark('group.voted', { group: 'g' })).toBe('vote');
    expect(mark('group.revealed', { group: 'g' })).toBe('reveal');
    expect(mark('group.revealed', { erased: 9 })).toBe('none');
    expect(mark('masked', { length: 3 })).toBe('mask');
    expect(mark('budget.warned', { scope: 'room' })).toBe('budget');
    expect(mark('cancelled', { reason: 'over_budget' })).toBe('budget');
    expect(mark('error', { code: 'over_budget' })).toBe('budget');
    expect([mark('cancelled', { reason: 'requested' }), mark('error', { code: 'upstream_error' }), mark('done')]).toEqual([
      'run',
      'run',
      'run',
    ]);
  });

  it('have a lane of a rare kind only where there is one', () => {
    expect(kindsIn(countsOf(['run', 'chunk']))).toEqual(['run', 'proposal', 'message', 'reaction']);
    expect(kindsIn(countsOf(['vote', 'budget']))).toEqual(['run', 'proposal', 'message', 'reaction', 'vote', 'budget']);
  });
});

describe('The address of a moment', () => {
  it('is read as it was written', () => {
    for (const moment of [
      { at: 0, run: undefined },
      { at: 57, run: 'r/1 &' },
    ])
      expect(momentIn(queryOf(moment))).toEqual(moment);
    expect(queryOf(undefined)).toBe('');
  });

  it('is none without a sequence', () => {
    for (const search of ['', '?run=x', '?at=', '?at=-1', '?at=1.5', '?at=x', '?at=1234567890123456'])
      expect(momentIn(search)).toBeUndefined();
  });
});
