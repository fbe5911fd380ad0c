import { ErrorCodes, EventTypes, isEnding, RunReasons, type RoomEvent } from 'swarms-hub-client';

/** The scrubber tells these apart, in the order of its lanes. Chunks stand on its bottom; the rest of the log has no mark. */
export const steps = ['run', 'proposal', 'message', 'reaction', 'vote', 'reveal', 'mask', 'budget'] as const;

/** The kinds that a person steps through: chunks are too many. */
export type Step = (typeof steps)[number];

export type Mark = Step | 'chunk' | 'none';

/** Kinds of which most rooms have none. The legend shows them where there is one. */
const rare: ReadonlySet<Mark> = new Set(['vote', 'reveal', 'mask', 'budget']);

const kinds = new Map<string, Mark>([
  [EventTypes.chunk, 'chunk'],
  [EventTypes.reasoning, 'chunk'],
  [EventTypes.runQueued, 'run'],
  [EventTypes.runProposed, 'proposal'],
  [EventTypes.runApproved, 'proposal'],
  [EventTypes.declined, 'proposal'],
  [EventTypes.message, 'message'],
  [EventTypes.reaction, 'reaction'],
  [EventTypes.groupVoted, 'vote'],
  [EventTypes.groupRevealed, 'reveal'],
  [EventTypes.masked, 'mask'],
  [EventTypes.budgetWarned, 'budget'],
]);

export function markOf({ type, data }: RoomEvent): Mark {
  if (isEnding(type) && (data['reason'] === RunReasons.overBudget || data['code'] === ErrorCodes.overBudget)) return 'budget';

  // A reveal that was erased comes again later, without a run that was removed.
  if (type === EventTypes.groupRevealed && data['erased'] !== undefined) return 'none';

  return kinds.get(type) ?? (isEnding(type) ? 'run' : 'none');
}

/** How many of each kind there are in each part of the scrubber, from its start to its end. */
export type Bins = Readonly<Record<Exclude<Mark, 'none'>, readonly number[]>>;

/** Counts the marks for a scrubber of so many parts. `places` are those of the events, in milliseconds from the start. */
export function binsOf(marks: readonly Mark[], places: readonly number[], length: number, parts: number): Bins {
  const none = () => new Array<number>(parts).fill(0);
  const bins: Record<Exclude<Mark, 'none'>, number[]> = {
    chunk: none(),
    run: none(),
    proposal: none(),
    message: none(),
    reaction: none(),
    vote: none(),
    reveal: none(),
    mask: none(),
    budget: none(),
  };
  marks.forEach((mark, index) => {
    if (mark === 'none') return;

    const part = length === 0 ? 0 : Math.min(parts - 1, Math.floor(((places[index] ?? 0) / length) * parts));
    bins[mark][part] = (bins[mark][part] ?? 0) + 1;
  });
  return bins;
}

/** Counts the marks of each kind. */
export function countsOf(marks: readonly Mark[]): Readonly<Record<Mark, number>> {
  const counts: Record<Mark, number> = {
    chunk: 0,
    run: 0,
    proposal: 0,
    message: 0,
    reaction: 0,
    vote: 0,
    reveal: 0,
    mask: 0,
    budget: 0,
    none: 0,
  };
  for (const mark of marks) counts[mark]++;
  return counts;
}

/** Returns the kinds that the legend names, and the scrubber has a lane for. */
export function kindsIn(counts: Readonly<Record<Mark, number>>): readonly Step[] {
  return steps.filter(kind => !rare.has(kind) || counts[kind] > 0);
}
