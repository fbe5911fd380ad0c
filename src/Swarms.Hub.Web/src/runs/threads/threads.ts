import type { MessageInclusion, Run } from 'swarms-hub-client';

/** A run's place among the runs beside it. */
export interface Place {
  /** The ids of the runs that continue the same run, itself included, oldest first. Of a first turn: those that stand for each other. */
  readonly siblings: readonly string[];
  /** The id of the run that stands, of those that supersede each other. */
  readonly standing: string;
}

/** Finds the places of runs that are in threads. Runs come in the order in which they were queued. */
export function placesOf(runs: readonly Run[]): Map<string, Place> {
  const known = new Map(runs.map(run => [run.id, run]));
  const roots = new Set(runs.flatMap(run => (run.thread ? [run.thread.root] : [])));
  const members = runs.filter(run => run.thread !== undefined || roots.has(run.id));
  const beside = grouped(members, besideOf);
  const linked = grouped(members, run => firstOf(run, known));
  const places = new Map<string, Place>();
  for (const run of members) {
    const line = linked.get(firstOf(run, known)) ?? [run];
    const standing = line.findLast(one => one.removedAt === undefined && wasQueued(one)) ?? run;
    const siblings = beside.get(besideOf(run)) ?? [run];
    places.set(run.id, { siblings: siblings.map(one => one.id), standing: standing.id });
  }

  return places;
}

/** The messages to take along: the newest ones, of those that the room's state holds. */
export function newestMessages(messages: readonly { readonly sequence: number }[], count: number): MessageInclusion | undefined {
  const first = messages.slice(-count)[0];
  return count === 0 || !first ? undefined : { since: first.sequence };
}

/** Runs beside each other continue the same run, or are first turns of one thread. */
function besideOf(run: Run): string {
  return run.thread?.continues ?? `first ${run.thread?.root ?? run.id}`;
}

function grouped(runs: readonly Run[], keyOf: (run: Run) => string): Map<string, Run[]> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run));
    if (group) group.push(run);
    else groups.set(keyOf(run), [run]);
  }

  return groups;
}

// The first of the runs that supersede each other. One that is not here any more still stands for all of them.
function firstOf(run: Run, known: ReadonlyMap<string, Run>): string {
  let first = run.id;
  for (let at: Run | undefined = run; at?.thread?.supersedes !== undefined; at = known.get(at.thread.supersedes))
    first = at.thread.supersedes;

  return first;
}

function wasQueued(run: Run): boolean {
  return run.state !== 'proposed' && (run.proposedAt === undefined || run.approvedBy !== undefined);
}
