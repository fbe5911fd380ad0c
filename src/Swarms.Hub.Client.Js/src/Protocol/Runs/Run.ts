import type { PassageReaction } from '../Messages/PassageReaction.js';
import type { RunReservation } from '../Money/RunReservation.js';
import type { RunToolCall } from './Calls/RunToolCall.js';
import type { RunHold } from './Lanes/RunHold.js';
import type { RunMask } from './Lanes/RunMask.js';
import type { TextRange } from './Lanes/TextRange.js';
import type { GroupPlace } from './Races/GroupPlace.js';
import type { RunAgent } from './RunAgent.js';
import type { RunError } from './RunError.js';
import type { RunKind } from './RunKinds.js';
import type { RunPart } from './RunPart.js';
import type { RunRequestView } from './Proposals/RunRequestView.js';
import type { RunEnding } from './RunStates.js';
import type { RunHistory } from './Threads/RunHistory.js';
import type { RunThread } from './Threads/RunThread.js';
import type { Usage } from './Usage.js';

/** One agent or swarm execution at some cursor. Properties that do not apply are undefined and left out on the wire. */
export interface Run {
  /** An opaque, URL-safe id that sorts by creation. */
  readonly id: string;
  /** One of `RunKinds`. */
  readonly kind: RunKind;
  /** The agent, or the swarm, as the request names it. */
  readonly agent: RunAgent;
  /**
   * The task, cut at `maxTaskLength` UTF-16 units; in a room's state, where the text was left out, at `RoomState.maxShortTaskLength`. Empty
   * where the `Message` is the task.
   */
  readonly task: string;
  /** The task's whole length in UTF-16 units, if it was cut. */
  readonly taskLength?: number;
  /** The id of the member who started it. */
  readonly by?: string;
  /**
   * The sequence of the message that it answers, where a mention started it. While `task` is empty, show the message's present text in its
   * place.
   */
  readonly message?: number;
  /** One of `RunStates`, or the type of its ending. */
  readonly state: 'proposed' | 'queued' | 'running' | RunEnding;
  /**
   * While proposed: its place among the proposals, which stand in order of their ranks; those of one rank, in order of their first events.
   */
  readonly rank?: number;
  /** While proposed: the ids of the members who support it, in order of their support; left out while there are none. */
  readonly supporters?: readonly string[];
  /** The task as it was asked for, where a host changed it. */
  readonly asked?: RunRequestView;
  /** The id of the host who approved it, if it was a proposal. */
  readonly approvedBy?: string;
  /** While queued: its place in the room's queue; 0 if it starts at once. */
  readonly position?: number;
  /**
   * While queued, once the upstream took no call: the time before which it is not called again, in UTC with milliseconds. Undefined
   * otherwise.
   */
  readonly waitingUntil?: string;
  /** The part of a budget that it holds, from `run.queued` on; undefined without a budget. */
  readonly reserved?: RunReservation;
  /**  */
  readonly thread?: RunThread;
  /** The history that the upstream got, once started; undefined for none. */
  readonly history?: RunHistory;
  /** Its place in its group; undefined without one. */
  readonly group?: GroupPlace;
  /** The hold of its text; undefined where the room gets it at once. */
  readonly hold?: RunHold;
  /** The time of `run.proposed`, in UTC with milliseconds, if it was a proposal. */
  readonly proposedAt?: string;
  /** The time of `run.queued`, in UTC with milliseconds; while proposed, that of `run.proposed`. */
  readonly queuedAt: string;
  /** The time of `run.started`, in UTC with milliseconds. */
  readonly startedAt?: string;
  /** The time of its last chunk, in UTC with milliseconds; null while it has none. */
  readonly lastChunkAt?: string;
  /** The time of its ending, in UTC with milliseconds. Of an interrupted run this is when the hub noticed; it wrote until `lastChunkAt`. */
  readonly endedAt?: string;
  /** The upstream's own id of the job. */
  readonly jobId?: string;
  /**
   * The reason why the model stopped, where it was not done: `length`, `content_filter`, `tool_calls`, or another word of the upstream.
   * Undefined unless one is stated.
   */
  readonly finishReason?: string;
  /** The length of the model's reasoning so far, in UTF-16 units; undefined without any. The reasoning itself is in the log. */
  readonly reasoningLength?: number;
  /**
   * The tools that the model wants called, in order, at most `RunState.maxToolCalls`; undefined without any, and where the text was left
   * out.
   */
  readonly toolCalls?: readonly RunToolCall[];
  /** The text so far; null if it was left out. Fetch the run to have it. */
  readonly text?: string;
  /** The text by agent, if chunks name agents. */
  readonly parts?: readonly RunPart[];
  /** The passages that hosts masked before the room got the text, in order of their places; undefined without any. */
  readonly masks?: readonly RunMask[];
  /** In a lane: the passages of its text that the room will not get, in order and apart; undefined without any. */
  readonly masked?: readonly TextRange[];
  /** In a lane: the place in its text up to which a host released it; undefined before the first release. */
  readonly releasedTo?: number;
  /** The newest figures of the upstream. */
  readonly usage?: Usage;
  /** Once done: the length of the text in UTF-8. */
  readonly bytes?: number;
  /** Once done: the SHA-256 of the text in UTF-8, hex in lower case. */
  readonly sha256?: string;
  /** The reason, once failed. */
  readonly error?: RunError;
  /** The reason, once cancelled, declined or interrupted. That of `declined` is the host's own text, if any. */
  readonly reason?: string;
  /** Once cancelled: the id of the member who asked for it; null if the hub cancelled it. */
  readonly cancelledBy?: string;
  /** Once declined: the id of the host who declined it. */
  readonly declinedBy?: string;
  /** The reactions to its passages, in order of each one's first use; undefined without any. Only in a room's state. */
  readonly reactions?: readonly PassageReaction[];
  /** While hidden: the id of the host who hid it. Clients do not show its task and text then. */
  readonly hiddenBy?: string;
  /** While hidden: the time of that, in UTC with milliseconds. */
  readonly hiddenAt?: string;
  /** Once removed: the id of the host who removed it. */
  readonly removedBy?: string;
  /** Once removed: the time of that, in UTC with milliseconds. */
  readonly removedAt?: string;
  /** Once removed: the length that its text had, in UTF-16 units. */
  readonly textLength?: number;
}
