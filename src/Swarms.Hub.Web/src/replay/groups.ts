import type { Run, RunGroup } from 'swarms-hub-client';

/** A place in the list of a replay: one run, or the runs of a group in order of their numbers. */
export interface ReplayPlace {
  readonly runs: readonly Run[];
  readonly group?: RunGroup;
}

/** Orders the runs as the room does: a group stands where its first run is, and proposals are last. */
export function placesIn(runs: readonly Run[], groups: readonly RunGroup[]): readonly ReplayPlace[] {
  const places: ReplayPlace[] = [];
  const placed = new Set<string>();
  for (const run of [...runs.filter(({ state }) => state !== 'proposed'), ...runs.filter(({ state }) => state === 'proposed')]) {
    const group = groups.find(({ id }) => id === run.group?.id);
    if (group === undefined) places.push({ runs: [run] });
    else if (!placed.has(group.id)) {
      placed.add(group.id);
      const members = runs.filter(other => other.group?.id === group.id);
      places.push({ group, runs: members.sort((one, other) => one.group!.number - other.group!.number) });
    }
  }

  return places;
}

/** The votes for a run of a group; undefined once they were counted. */
export function votesFor(run: Run, group: RunGroup): number | undefined {
  return group.revealedAt === undefined ? (group.votes.find(votes => votes.run === run.id)?.by.length ?? 0) : undefined;
}

/** Returns the run as one that was removed: nothing names its agent. */
export function withoutName(run: Run): Run {
  return { ...run, agent: { name: null, model: null }, removedAt: run.removedAt ?? run.queuedAt };
}
