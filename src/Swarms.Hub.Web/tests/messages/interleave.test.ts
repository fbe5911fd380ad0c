import type { Message, Run } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { interleave } from '../../src/messages/interleave';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
const run = (id: string, second: number, more: Partial<Run> = {}): Run => ({
  id,
  kind: 'agent',
  agent: { name: null, model: null },
  task: id,
  state: 'done',
  queuedAt: at(second),
  ...more,
});
const message = (sequence: number, second: number): Message => ({ sequence, at: at(second), by: 'm1', text: '', reactions: [] });

function order(runs: readonly Run[], messages: readonly Message[]) {
  return interleave(runs, messages).map(part => ('run' in part ? part.run.id : part.messages.map(({ sequence }) => sequence)));
}

describe('Messages among runs', () => {
  it('stand in the order of the log, together where no run is between them', () => {
    expect(order([run('a', 2), run('b', 5)], [message(1, 1), message(2, 3), message(3, 4), message(9, 6)])).toEqual([
      [1],
      'a',
      [2, 3],
      'b',
      [9],
    ]);
    expect(order([], [message(1, 1)])).toEqual([[1]]);
    expect(order([run('a', 1)], [])).toEqual(['a']);
  });

  it('stand before the run of the same moment, which a mention starts', () => {
    expect(order([run('a', 1, { message: 4 })], [message(4, 1), message(6, 2)])).toEqual([[4], 'a', [6]]);
  });

  it('keep the order of each list where a proposal was approved late', () => {
    expect(order([run('late', 8), run('b', 3)], [message(1, 2), message(2, 9)])).toEqual([[1], 'late', 'b', [2]]);
  });
});
