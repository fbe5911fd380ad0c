import type { MessageInclusion } from './Threads/MessageInclusion.js';
import type { RunKind } from './RunKinds.js';

/**
 * The request that starts a run. It has either `request`, or `agent` and `task`. A run that continues another one has its agent where none
 * is given, and one that supersedes another has its task too.
 */
export interface StartRunRequest {
  /** The body of the Swarms API's own call, in its own snake_case names; unknown fields pass through. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The id of an agent of the room. */
  readonly agent?: string;
  /** The task of that agent. */
  readonly task?: string;
  /** One of `RunKinds`. */
  readonly kind?: RunKind;
  /** Starting twice with one key and the same request starts one run. 1 to 200 characters. */
  readonly idempotencyKey?: string;
  /** The id of the run that it continues: the upstream gets that run's task and text, and those before it, as its history. */
  readonly continues?: string;
  /** The id of the run in whose place it stands: it continues the same run. */
  readonly supersedes?: string;
  /** The messages of the room that go along; undefined for none. */
  readonly include?: MessageInclusion;
}
