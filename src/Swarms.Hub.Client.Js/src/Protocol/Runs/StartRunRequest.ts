import type { RunKind } from './RunKinds.js';

/** The request that starts a run. It has either `request`, or `agent` and `task`. */
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
}
