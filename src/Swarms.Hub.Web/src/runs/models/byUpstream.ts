import type { RoomModel } from 'swarms-hub-client';

/** The models of one upstream. */
export interface ModelGroup {
  readonly upstream: string;
  /** Their names, in order. */
  readonly ids: readonly string[];
}

/** Groups models by the upstream that answers for them, in the order in which the hub names the upstreams. */
export function byUpstream(models: readonly RoomModel[]): ModelGroup[] {
  const groups = new Map<string, Set<string>>();
  for (const { id, upstream } of models) {
    const ids = groups.get(upstream);
    if (ids) ids.add(id);
    else groups.set(upstream, new Set([id]));
  }

  return [...groups].map(([upstream, ids]) => ({ upstream, ids: [...ids].sort((one, other) => one.localeCompare(other, 'en')) }));
}
