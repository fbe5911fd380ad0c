import type { Usage } from './Usage.js';

/** One agent, or a swarm of several. */
export type RunKind = 'agent' | 'swarm';

/** How a run ended; also the type of its ending event. */
export type RunEnding = 'done' | 'error' | 'cancelled' | 'interrupted';

/** One agent or swarm execution, as it stands at some cursor. What does not apply is left out. */
export interface Run {
  readonly id: string;
  readonly kind: RunKind;
  /** As the request names them. */
  readonly agent: RunAgent;
  /** What was asked; cut at 16,384 UTF-16 units. */
  readonly task: string;
  /** The task's whole length in UTF-16 units, where it was cut. */
  readonly taskLength?: number;
  /** The id of the member who started it. */
  readonly by?: string;
  readonly state: 'queued' | 'running' | RunEnding;
  /** While queued: its place in the room's queue; 0 where it starts at once. */
  readonly position?: number;
  readonly queuedAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The upstream's own id of the job. */
  readonly jobId?: string;
  /** The text so far. Left out where it is too old to be in a snapshot: `RoomClient.getRun` has it. */
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

/** Who runs, as the request names it. */
export interface RunAgent {
  readonly name: string | null;
  readonly model: string | null;
}

/** What one agent of a swarm has said; `agent` is null for chunks that name none. */
export interface RunPart {
  readonly agent: string | null;
  readonly text: string;
}

/** Why a run failed. */
export interface RunError {
  readonly code: string;
  /** A sentence; the upstream's own words where it gave any. */
  readonly message: string;
}
