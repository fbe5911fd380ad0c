import type { RunKind } from '../RunKinds.js';

/** One run of a group to start. It has either `agent` or `request`. */
export interface GroupEntry {
  /** The id of an agent of the room. */
  readonly agent?: string;
  /** The body of the Swarms API's own call without a task: the group's takes its place. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** One of `RunKinds`. */
  readonly kind?: RunKind;
}
