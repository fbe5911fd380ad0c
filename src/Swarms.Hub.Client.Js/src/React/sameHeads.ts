import type { Run } from '../Protocol/Runs/Run.js';

/** Returns the runs, with those of before in the place of runs that differ by no more than the growth of their text. */
export function sameHeads(before: readonly Run[], runs: readonly Run[]): readonly Run[] {
  if (before === runs) return before;

  const known = new Map(before.map(run => [run.id, run]));
  const heads = runs.map(run => {
    const old = known.get(run.id);
    return old && isSameHead(old, run) ? old : run;
  });
  return heads.length === before.length && heads.every((run, i) => run === before[i]) ? before : heads;
}

function isSameHead(one: Run, other: Run): boolean {
  if (one === other) return true;
  if ((one.text === undefined) !== (other.text === undefined) || (one.text === '') !== (other.text === '')) return false;
  if (one.parts?.length !== other.parts?.length) return false;

  // The time of the last chunk moves with each chunk, and is of interest once there is none more to come.
  const grown = { text: '', parts: undefined, lastChunkAt: undefined };
  return isSame({ ...one, ...grown }, { ...other, ...grown });
}

/** Whether two objects have the same fields with the same values. */
export function isSame(one: object, other: object): boolean {
  const keys = Object.keys(one) as (keyof typeof one)[];
  return keys.length === Object.keys(other).length && keys.every(key => one[key] === other[key]);
}
