import type { RunKind } from './RunKinds.js';

/** The request that starts a run. */
export interface StartRunRequest {
  /** The body of the Swarms API's own call, in its own snake_case names; unknown fields pass through. */
  readonly request: Readonly<Record<string, unknown>>;
  /** One of `RunKinds`. */
  readonly kind?: RunKind;
  /** Starting twice with one key and the same request starts one run. 1 to 200 characters. */
  readonly idempotencyKey?: string;
}
