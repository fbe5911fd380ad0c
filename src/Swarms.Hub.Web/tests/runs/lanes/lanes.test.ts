import type { Run } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { withMasks } from '../../../src/runs/lanes/masks';
import { piecesOf, releasedIn } from '../../../src/runs/lanes/pieces';

const run = (more: Partial<Run>): Run => ({
  id: 'r1',
  kind: 'agent',
  agent: { name: null, model: null },
  task: '',
  state: 'running',
  queuedAt: '',
  ...more,
});

describe('A text with masked passages', () => {
  it('has a block for each unit, at its place', () => {
    const masks = [
      { at: 0, length: 1 },
      { at: 5, length: 3 },
    ];
    expect(withMasks('Call  now', masks)).toBe('█Call ███ now');
    expect(withMasks('Call', undefined)).toBe('Call');
    expect(withMasks('', [{ at: 0, length: 2 }])).toBe('██');
  });
});

describe('What is held', () => {
  it('begins behind what the room has, with the masked passages', () => {
    expect(releasedIn(run({ text: 'Call  ', masks: [{ at: 5, length: 3 }] }))).toBe(9);
    expect(releasedIn(undefined)).toBe(0);
  });

  it('is cut at the borders of masked passages', () => {
    const lane = run({
      text: 'Call 112 now.',
      masked: [
        { start: 0, end: 2 },
        { start: 5, end: 8 },
      ],
    });
    expect(piecesOf(lane, 0)).toEqual([
      { start: 0, text: 'Ca', isMasked: true },
      { start: 2, text: 'll ', isMasked: false },
      { start: 5, text: '112', isMasked: true },
      { start: 8, text: ' now.', isMasked: false },
    ]);
    expect(piecesOf(lane, 6)).toEqual([
      { start: 6, text: '12', isMasked: true },
      { start: 8, text: ' now.', isMasked: false },
    ]);
    expect(piecesOf(lane, 13)).toEqual([]);
    expect(piecesOf(undefined, 0)).toEqual([]);
  });
});
