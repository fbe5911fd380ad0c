import type { RunAgent } from './RunAgent.js';
import type { RunError } from './RunError.js';
import type { RunKind } from './RunKinds.js';
import type { RunPart } from './RunPart.js';
import type { RunEnding } from './RunStates.js';
import type { Usage } from './Usage.js';

/** One agent or swarm execution, as it stands at some cursor. What does not apply is undefined, and left out on the wire. */
export interface Run {
  /** Opaque, URL-safe, sorts by creation. */
  readonly id: string;
  /** One of `RunKinds`. */
  readonly kind: RunKind;
  /** The agent, or the swarm, as the request names it. */
  readonly agent: RunAgent;
  /** What was asked; cut at `maxTaskLength` UTF-16 units. */
  readonly task: string;
  /** The task's whole length in UTF-16 units, where it was cut. */
  readonly taskLength?: number;
  /** The id of the member who started it. */
  readonly by?: string;
  /** One of `RunStates`, or the type of its ending. */
  readonly state: 'queued' | 'running' | RunEnding;
  /** While queued: its place in the room's queue; 0 where it starts at once. */
  readonly position?: number;
  /** In UTC with milliseconds. */
  readonly queuedAt: string;
  /** In UTC with milliseconds. */
  readonly startedAt?: string;
  /** In UTC with milliseconds. */
  readonly endedAt?: string;
  /** The upstream's own id of the job. */
  readonly jobId?: string;
  /** The text so far. Undefined where it was left out: fetch the run to have it. */
  readonly text?: string;
  /** The text by agent, where chunks name agents. */
  readonly parts?: readonly RunPart[];
  /** The newest figures of the upstream. */
  readonly usage?: Usage;
  /** Once done: the length of the text in UTF-8. */
  readonly bytes?: number;
  /** Once done: the SHA-256 of the text in UTF-8, hex in lower case. */
  readonly sha256?: string;
  /** Once failed. */
  readonly error?: RunError;
  /** Once cancelled or interrupted. */
  readonly reason?: string;
}
