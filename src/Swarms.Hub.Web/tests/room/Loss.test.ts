import { expect, test, vi } from 'vitest';
import type { RoomSnapshot } from 'swarms-hub-client';
import { FirstWords } from '../../src/room/FirstWords';
import { Loss } from '../../src/room/Loss';

const state = (runs: Record<string, string>, messages: readonly number[] = []) =>
  ({
    runs: Object.entries(runs).map(([id, text]) => ({ id, text })),
    messages: messages.map(sequence => ({ sequence })),
  }) as unknown as RoomSnapshot;

test('What is new is counted, and the first run with something new is named', () => {
  vi.useFakeTimers();
  const loss = new Loss(state({ a: 'One two', b: 'Same' }, [1, 2]));
  vi.advanceTimersByTime(3_000);

  const missed = loss.missed(state({ a: 'One two three four', b: 'Same', c: 'Five' }, [1, 2, 7, 9]), undefined);

  expect(missed).toEqual({ milliseconds: 3_000, runs: 1, words: 3, messages: 2, firstRun: 'a' });
  vi.useRealTimers();
});

test('Where nothing is new, nothing is said', () => {
  expect(new Loss(state({ a: 'One' }, [1])).missed(state({ a: 'One' }, [1]), undefined)).toBeUndefined();
});

test('What was missed before and not dismissed is added', () => {
  const before = { milliseconds: 10, runs: 1, words: 5, messages: 0, firstRun: 'x' };
  const missed = new Loss(state({ a: 'One' })).missed(state({ a: 'One two' }), before);
  expect(missed).toMatchObject({ runs: 1, words: 6, messages: 0, firstRun: 'x' });
});

test('The first word has its time only where start and first chunk were seen', () => {
  const words = new FirstWords();
  const event = (type: string, run: string, at: string) => ({ type, run, at: `2026-11-26T10:00:${at}Z`, sequence: 1, data: {} });
  words.see([event('chunk', 'joined late', '01.000'), event('run.started', 'seen', '02.000')] as never);
  words.see([event('chunk', 'seen', '02.750'), event('chunk', 'seen', '09.000')] as never);
  expect(words.of('seen')).toBe(750);
  expect(words.of('joined late')).toBeUndefined();
});
