import fc from 'fast-check';
import { it, vi } from 'vitest';
import { type Act, anyActs, FeedWorld } from './FeedWorld.js';

/** `SWARMS_HUB_PROPERTY_SECONDS` sets how long a counterexample is looked for (3 for each program in the suite). */
const seconds = Number(process.env.SWARMS_HUB_PROPERTY_SECONDS ?? 3);

it.each([['quick', false], ['slow', true]])('a %s program is handed the log once, in order and without a gap, whatever happens', async (_, isSlow) => {
  const until = Date.now() + seconds * 1_000;
  do
    await fc.assert(fc.asyncProperty(anyActs, acts => live(acts, isSlow)), { numRuns: 50 });
  while (Date.now() < until);
}, 60_000 + seconds * 1_000);

async function live(acts: readonly Act[], isSlow: boolean): Promise<void> {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const world = new FeedWorld(isSlow);
  try {
    for (const act of acts)
      await world.do(act);

    await world.end();
  } finally {
    world.close();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
}
