import type { RunAgent } from '../Runs/RunAgent.js';
import type { SearchKind } from './SearchKinds.js';
import type { SnippetPiece } from './SnippetPiece.js';

/** A run, a message, an agent or a member that was found. */
export interface SearchResult {
  /** One of `SearchKinds`. */
  readonly kind: SearchKind;
  /** The id of the run, the agent or the member; of a message, its sequence. */
  readonly id: string;
  /** The sequence of its first event. Pages go by it. */
  readonly sequence: number;
  /** The time of that event, in UTC with milliseconds. */
  readonly at: string;
  /** The id of the member who said or started it; null for agents and members. */
  readonly by?: string;
  /** The name of an agent or a member, or the beginning of a task or a message: at most 200 UTF-16 units. */
  readonly title: string;
  /** The agent of a run; null for others. */
  readonly agent?: RunAgent;
  /** The state of a run; null for others. */
  readonly state?: string;
  /** One of `SearchFields`: where the words were found. */
  readonly field: string;
  /** The text around the first match, in pieces. White space is one space each, and an ellipsis stands for what was cut. */
  readonly snippet: readonly SnippetPiece[];
  /** The rank: more for names and tasks than for texts, for whole words, and for words that occur often. */
  readonly rank: number;
}
