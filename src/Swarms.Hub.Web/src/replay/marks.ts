import { EventTypes, isEnding, type RoomEvent } from 'swarms-hub-client';

/** What the scrubber tells apart. The rest of the log has no mark. */
export type Mark = 'chunk' | 'run' | 'proposal' | 'message' | 'reaction' | 'none';

/** The kinds that a person steps through: chunks are too many. */
export const steps = ['run', 'proposal', 'message', 'reaction'] as const satisfies readonly Mark[];

const kinds = new Map<string, Mark>([
  [EventTypes.chunk, 'chunk'],
  [EventTypes.reasoning, 'chunk'],
  [EventTypes.runQueued, 'run'],
  [EventTypes.runProposed, 'proposal'],
  [EventTypes.runApproved, 'proposal'],
  [EventTypes.declined, 'proposal'],
  [EventTypes.message, 'message'],
  [EventTypes.reaction, 'reaction'],
]);

export function markOf({ type }: RoomEvent): Mark {
  return kinds.get(type) ?? (isEnding(type) ? 'run' : 'none');
}

/** How many of each kind there are in each part of the scrubber, from its start to its end. */
export type Bins = Readonly<Record<Exclude<Mark, 'none'>, readonly number[]>>;

/** Counts the marks for a scrubber of so many parts. `places` are those of the events, in milliseconds from the start. */
export function binsOf(marks: readonly Mark[], places: readonly number[], length: number, parts: number): Bins {
  const none = () => new Array<number>(parts).fill(0);
  const bins = { chunk: none(), run: none(), proposal: none(), message: none(), reaction: none() };
  marks.forEach((mark, index) => {
    if (mark === 'none') return;

    const part = length === 0 ? 0 : Math.min(parts - 1, Math.floor(((places[index] ?? 0) / length) * parts));
    bins[mark][part] = (bins[mark][part] ?? 0) + 1;
  });
  return bins;
}
