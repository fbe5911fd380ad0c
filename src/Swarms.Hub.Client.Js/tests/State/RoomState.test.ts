import { describe, expect, it } from 'vitest';
import type { RoomFrame } from '../../src/index.js';
import { RoomView } from '../../src/State/RoomView.js';
import { namesOf, readCase } from '../CaseFile.js';

/** One file of tests/protocol-cases/fold. */
interface FoldCase {
  readonly name: string;
  readonly frames: readonly RoomFrame[];
  readonly expected: { readonly cursor: string };
  readonly expectedMismatches: readonly string[];
}

const cases = namesOf('fold');

describe('Every case of the fold', () => {
  it('is there', () => expect(cases.length).toBeGreaterThan(30));

  it.each(cases)('%s gives the state that it expects', file => {
    const { name, frames, expected, expectedMismatches } = readCase<FoldCase>('fold', file);
    const view = new RoomView();
    const mismatched = new Set<string>();
    for (const frame of frames)
      if (frame.kind !== 'storage')
        for (const digest of view.apply(frame))
          if (!digest.matches)
            mismatched.add(digest.run.id);

    const { cursor, ...state } = expected;
    expect({ ...view.snapshot! }).toEqual(state);
    expect(frames.at(-1)!.cursor).toBe(cursor);
    expect(view.cursorFor(0)).toBe(cursor);
    expect([...mismatched]).toEqual(expectedMismatches);
    expect(name).toBe(file);
  });
});
