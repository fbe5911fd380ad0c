import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { Passage } from '../Messages/Passage.js';
import { given } from '../PayloadFields.js';
import { ChunkPayload } from './ChunkPayload.js';
import { DonePayload } from './DonePayload.js';
import { MetadataPayload } from './MetadataPayload.js';
import type { Run } from './Run.js';
import { RunError } from './RunError.js';
import { RunMovedPayload } from './RunMovedPayload.js';
import { RunReactions } from './RunReactions.js';
import { RunRemovedPayload } from './RunRemovedPayload.js';
import { RunQueuedPayload } from './RunQueuedPayload.js';
import { RunReasonPayload } from './RunReasonPayload.js';
import { hasEnded, type RunEnding, RunStates } from './RunStates.js';
import { Usage } from './Usage.js';

/** The fold of one run's events, which come in sequence order, each once; `toRun` then gives the run as it stands. */
export class RunState {
  /**
   * The length of reactions to one run's passages that is kept, in UTF-16 units: their emoji and member ids, and 64 for each passage.
   */
  static readonly maxReactionsLength = 16_384;

  readonly #reactions: RunReactions;
  #run: Run;
  #text: string;
  #parts: { agent: string | null; text: string }[] | undefined;
  #hasText: boolean;
  #lastChunkAt: string | undefined;
  #current: Run | undefined;

  /** Begins with a run as a snapshot shows it. */
  constructor(run: Run) {
    const { text, parts, lastChunkAt, reactions, ...rest } = run;
    this.#run = rest;
    this.#lastChunkAt = lastChunkAt;
    this.#hasText = text !== undefined;
    this.#text = text ?? '';
    this.#parts = parts?.map(part => ({ agent: part.agent, text: part.text }));
    this.#reactions = new RunReactions(reactions ?? [], RunState.maxReactionsLength);
  }

  /** The run's id. */
  get id(): string {
    return this.#run.id;
  }

  /** One of `RunStates`, or the type of its ending. */
  get state(): Run['state'] {
    return this.#run.state;
  }

  /** True once the run has its ending event. */
  get hasEnded(): boolean {
    return hasEnded(this.#run.state);
  }

  /** False if the text was left out. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** True once a host removed the run. */
  get isRemoved(): boolean {
    return this.#run.removedAt !== undefined;
  }

  /** The length of the text so far, or of the removed text, in UTF-16 units; 0 if the text was left out. */
  get textLength(): number {
    return this.#run.textLength ?? this.#text.length;
  }

  /** Creates the state from the run's first event. */
  static fromQueued(queued: RoomEvent): RunState {
    if (queued.run === undefined) throw new TypeError('A run.queued event names its run.');

    return new RunState({
      id: queued.run,
      ...RunQueuedPayload.read(queued.data),
      ...given('by', queued.by),
      state: RunStates.queued,
      queuedAt: queued.at,
      text: '',
    });
  }

  /** Applies the run's next event, or one that hides, shows or removes it. Unknown types change nothing. */
  apply(event: RoomEvent): void {
    const { data } = event;
    const { position, ...unplaced } = this.#run;
    switch (event.type) {
      case EventTypes.chunk:
        this.#appendChunk(ChunkPayload.read(data));
        this.#lastChunkAt = event.at;
        break;
      case EventTypes.runMoved:
        this.#run = { ...unplaced, ...RunMovedPayload.read(data) };
        break;
      case EventTypes.runStarted:
        this.#run = { ...unplaced, state: RunStates.running, startedAt: event.at };
        break;
      case EventTypes.metadata:
        this.#run = { ...this.#run, ...given('jobId', MetadataPayload.read(data).jobId) };
        break;
      case EventTypes.usage:
        this.#run = { ...this.#run, usage: Usage.read(data) };
        break;
      case EventTypes.done:
        this.#end(event, { ...unplaced, ...DonePayload.read(data) });
        break;
      case EventTypes.error:
        this.#end(event, { ...unplaced, error: RunError.read(data) });
        break;
      case EventTypes.cancelled:
        this.#end(event, { ...unplaced, ...RunReasonPayload.read(data), ...given('cancelledBy', event.by) });
        break;
      case EventTypes.interrupted:
        this.#end(event, { ...unplaced, ...RunReasonPayload.read(data) });
        break;
      case EventTypes.runHidden:
        if (!this.isRemoved) this.#run = { ...this.#run, ...given('hiddenBy', event.by), hiddenAt: event.at };
        break;
      case EventTypes.runShown: {
        const { hiddenBy, hiddenAt, ...shown } = this.#run;
        this.#run = shown;
        break;
      }
      case EventTypes.runRemoved:
        if (!this.isRemoved) this.#remove(event, RunRemovedPayload.read(data));
        break;
      default:
        return;
    }

    this.#current = undefined;
  }

  /** Returns the run as it stands; the same object until the next event. */
  toRun(): Run {
    return (this.#current ??= {
      ...this.#run,
      ...given('lastChunkAt', this.#lastChunkAt),
      ...(this.#hasText ? { text: this.#text } : {}),
      ...(this.#hasText && this.#parts ? { parts: this.#parts.map(part => ({ ...part })) } : {}),
      ...given('reactions', this.#reactions.all),
    });
  }

  /** @internal */
  names(memberId: string): boolean {
    const { by, cancelledBy, hiddenBy, removedBy } = this.#run;
    return [by, cancelledBy, hiddenBy, removedBy].includes(memberId) || this.#reactions.names(memberId);
  }

  /** @internal Adds a reaction to a passage, while the text is there. */
  addReaction(emoji: string, passage: Passage, by: string): void {
    if (!this.#hasText) return;

    this.#reactions.add(emoji, passage, by);
    this.#current = undefined;
  }

  /** @internal */
  removeReaction(emoji: string, passage: Passage, by: string): void {
    this.#reactions.remove(emoji, passage, by);
    this.#current = undefined;
  }

  /** @internal Drops the text and the reactions to it; returns true if there were reactions. */
  dropText(): boolean {
    this.#hasText = false;
    this.#text = '';
    this.#parts = undefined;
    this.#current = undefined;
    return this.#reactions.clear();
  }

  #appendChunk({ content, agent = null }: { readonly content: string; readonly agent?: string | null }): void {
    const before = this.#text;
    this.#text += content;
    if (agent === null && !this.#parts) return;

    // The text before the first named agent belongs to the part without a name.
    this.#parts ??= before === '' ? [] : [{ agent: null, text: before }];
    const part = this.#parts.find(other => other.agent === agent);
    if (part) part.text += content;
    else this.#parts.push({ agent, text: content });
  }

  #end(ending: RoomEvent, ended: Run): void {
    this.#run = { ...ended, state: ending.type as RunEnding, endedAt: ending.at };
  }

  // The run's place, its times and its figures stay. The rest may tell of its text.
  #remove(removed: RoomEvent, { kind, usage, textLength }: RunRemovedPayload): void {
    const { id, by, state, queuedAt, startedAt, endedAt, cancelledBy } = this.#run;
    this.#run = {
      id,
      kind,
      agent: { name: null, model: null },
      task: '',
      ...given('by', by),
      state,
      queuedAt,
      ...given('startedAt', startedAt),
      ...given('endedAt', endedAt),
      ...given('usage', usage),
      ...given('cancelledBy', cancelledBy),
      ...given('removedBy', removed.by),
      removedAt: removed.at,
      textLength,
    };
    this.dropText();
  }
}
