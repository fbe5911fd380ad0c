import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RoomFrame } from '../src/index.js';
import { RoomView } from '../src/State/RoomView.js';

interface Case {
  readonly name: string;
  readonly description: string;
  readonly frames: readonly RoomFrame[];
  readonly expected: { readonly cursor: string };
  readonly expectedMismatches?: readonly string[];
}

const folder = fileURLToPath(new URL('../../../tests/protocol-cases/', import.meta.url));
const cases = readdirSync(folder).filter(name => name.endsWith('.json') && name !== 'links.json');

function read(name: string): Case {
  return JSON.parse(readFileSync(folder + name, 'utf8'), (_, value: unknown) => {
    const long = value as { $repeat?: string; times: number } | null;
    return typeof long?.$repeat === 'string' ? long.$repeat.repeat(long.times) : value;
  }) as Case;
}

describe('Every protocol case', () => {
  it('is there', () => expect(cases.length).toBeGreaterThan(20));

  it.each(cases)('%s is folded to the state that it expects', name => {
    const { frames, expected, expectedMismatches } = read(name);
    const view = new RoomView();
    const mismatched = new Set<string>();
    for (const frame of frames)
      for (const digest of view.apply(frame))
        if (!digest.matches)
          mismatched.add(digest.run.id);

    const { cursor, ...state } = expected;
    expect({ ...view.snapshot! }).toEqual(state);
    expect(frames.at(-1)!.cursor).toBe(cursor);
    expect(view.cursorFor(0)).toBe(cursor);
    expect([...mismatched]).toEqual(expectedMismatches ?? []);
  });
});
