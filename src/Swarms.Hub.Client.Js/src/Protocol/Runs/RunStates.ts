import { type EventTypes, isEnding } from '../Feed/EventTypes.js';

/** The values of `Run.state`. An ended run's state is the type of its ending event. */
export const RunStates = {
  /** The run waits for a host's decision. */
  proposed: 'proposed',
  /** The run waits for its turn, or for the upstream's limit. */
  queued: 'queued',
  /** The upstream is being called or answers. */
  running: 'running',
} as const;

/** How a run ended; also the type of its ending event. */
export type RunEnding = (typeof EventTypes)['done' | 'error' | 'cancelled' | 'declined' | 'interrupted'];

/** True once the run has its ending event. */
export function hasEnded(state: string): state is RunEnding {
  return isEnding(state);
}
