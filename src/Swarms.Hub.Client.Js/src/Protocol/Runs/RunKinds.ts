/** The values of `Run.kind`. */
export const RunKinds = {
  /** One agent: `POST /v1/agent/completions`. */
  agent: 'agent',
  /** Several agents: `POST /v1/swarm/completions`. */
  swarm: 'swarm',
} as const;

/** One of `RunKinds`. */
export type RunKind = (typeof RunKinds)[keyof typeof RunKinds];
