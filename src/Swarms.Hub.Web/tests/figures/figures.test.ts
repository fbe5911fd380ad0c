import type { RoomEvent } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { spanOf } from '../../src/attendance/spans';
import { keysOf, medianOf, others, pointsOf, sumsOf } from '../../src/figures/lines';
import { readFigures, type RunFigure } from '../../src/figures/readFigures';
import { hubOf } from '../replay/log';

const start = Date.parse('2026-01-01T08:00:00.000Z');

class Log {
  readonly events: RoomEvent[] = [];
  #time = start;

  add(type: string, data: Record<string, unknown> = {}, more: { run?: string; by?: string } = {}, pause = 1000): this {
    this.#time += pause;
    this.events.push({ sequence: this.events.length + 1, at: new Date(this.#time).toISOString(), type, data, ...more });
    return this;
  }

  /** A run that writes six words in two seconds, two seconds after its start. */
  run(id: string, name: string | null, { hold, usage = true }: { hold?: unknown; usage?: boolean } = {}): this {
    const more = { run: id };
    this.add('run.queued', { agent: { name, model: null }, task: 't', ...(hold === undefined ? {} : { hold }) }, { run: id, by: 'a' });
    this.add('run.started', {}, more).add('chunk', { content: 'one two thr' }, more, 2000);
    this.add('chunk', { content: 'ee four five six' }, more, 2000);
    if (usage) this.add('usage', { inputTokens: 1, outputTokens: 9, totalTokens: 10, cost: 0.5 }, more);
    return this.add('done', {}, more);
  }
}

const read = (log: Log) => readFigures(hubOf(log.events).client, () => undefined, new AbortController().signal);

describe('Figures', () => {
  it('are those of the log', async () => {
    const [figure] = await read(new Log().run('one', 'Writer'));
    expect(figure).toEqual({
      id: 'one',
      by: 'a',
      agent: 'Writer',
      endedAt: start + 8000,
      tokens: 10,
      cost: 0.5,
      firstWordAfter: 2000,
      wordsPerSecond: 3,
    });
  });

  it('wait for the end of a run, and say nothing that was not stated', async () => {
    const log = new Log().run('one', 'Writer', { usage: false }).add('run.queued', { agent: { name: 'B' } }, { run: 'two' });
    expect(await read(log)).toMatchObject([{ id: 'one', tokens: null, cost: null }]);
  });

  it('tell nothing of a blind group before its reveal', async () => {
    const log = new Log().add('group.started', { group: 'g', isBlind: true, runs: ['one', 'two'] });
    log.run('one', null, { usage: false }).run('two', null, { usage: false });
    expect(await read(log)).toEqual([]);
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2, cost: null };
    const runs = [
      { run: 'one', agent: { name: 'A', model: null }, usage },
      { run: 'two', agent: { name: 'B', model: null } },
    ];
    log.add('group.revealed', { group: 'g', results: [], runs });
    expect(await read(log)).toMatchObject([
      { id: 'one', agent: 'A', tokens: 2 },
      { id: 'two', agent: 'B', tokens: null },
    ]);
  });

  it('have no pace of a text that was held back', async () => {
    const [figure] = await read(new Log().run('one', 'Writer', { hold: { isManual: true } }));
    expect(figure).toMatchObject({ tokens: 10, firstWordAfter: undefined, wordsPerSecond: undefined });
  });

  it('count a removed run by what is left of it', async () => {
    const log = new Log();
    log
      .add('run.queued', { erased: 5 }, { run: 'one', by: 'a' })
      .add('chunk', { erased: 5 }, { run: 'one' })
      .add('done', {}, { run: 'one' });
    log.add('run.removed', { run: 'one', kind: 'agent', textLength: 3, usage: { totalTokens: 7, cost: null } });
    expect(await read(log)).toMatchObject([{ agent: null, tokens: 7, wordsPerSecond: undefined }]);
  });
});

describe('Lines', () => {
  const figure = (agent: string, second: number, tokens: number | null): RunFigure => ({
    id: `${agent}${second}`,
    by: 'a',
    agent,
    endedAt: second * 1000,
    tokens,
    cost: null,
    firstWordAfter: undefined,
    wordsPerSecond: undefined,
  });
  const key = ({ agent }: RunFigure) => agent ?? others;
  const figures = [figure('A', 1, 10), figure('B', 2, 5), figure('A', 3, 1), figure('A', 4, null)];

  it('add up, or stand alone', () => {
    expect(sumsOf(figures, key, ({ tokens }) => tokens)).toEqual({
      times: [1, 2, 3],
      lines: [
        { key: 'A', values: [10, 10, 11] },
        { key: 'B', values: [0, 5, 5] },
      ],
    });
    expect(pointsOf(figures, key, ({ tokens }) => tokens).lines[0]?.values).toEqual([10, null, 1]);
    expect(sumsOf(figures, key, () => null)).toEqual({ times: [], lines: [] });
  });

  it('are few: the others are one', () => {
    const many = Array.from({ length: 12 }, (_, at) => figure(`A${at}`, at, 1));
    const keyOf = keysOf([...many, figure('A11', 20, 1)], key);
    expect(new Set(many.map(keyOf)).size).toBe(8);
    expect(keyOf(figure('A11', 30, 1))).toBe('A11');
    expect(keyOf(figure('A10', 30, 1))).toBe(others);
  });

  it('have a middle', () => {
    expect([[], [3], [3, 1], [5, undefined, 1, 3]].map(medianOf)).toEqual([undefined, 3, 2, 3]);
  });
});

describe('Times of attendance', () => {
  it('have places between the first and the last', () => {
    const span = spanOf([{ times: [{ from: '2026-01-01T08:00:00Z', until: '2026-01-01T09:00:00Z' }] }, { times: [] }]);
    expect(span.place('2026-01-01T08:30:00Z')).toBe(500);
    expect(spanOf([]).place('2026-01-01T08:30:00Z')).toBe(0);
  });
});
