import { EventTypes } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { Passage } from '../Messages/Passage.js';
import { given } from '../PayloadFields.js';
import { ReasoningPayload } from './Calls/ReasoningPayload.js';
import { RunToolCall } from './Calls/RunToolCall.js';
import { ChunkPayload } from './ChunkPayload.js';
import type { LaneMaskedPayload } from './Lanes/LaneMaskedPayload.js';
import type { LaneReleasedPayload } from './Lanes/LaneReleasedPayload.js';
import { MaskedPayload } from './Lanes/MaskedPayload.js';
import type { TextRange } from './Lanes/TextRange.js';
import type { RevealedRun } from './Races/RevealedRun.js';
import { DonePayload } from './DonePayload.js';
import { MetadataPayload } from './MetadataPayload.js';
import type { Run } from './Run.js';
import { RunApprovedPayload } from './Proposals/RunApprovedPayload.js';
import { RunError } from './RunError.js';
import { RunMovedPayload } from './RunMovedPayload.js';
import { RunPlacedPayload } from './Proposals/RunPlacedPayload.js';
import { RunProposedPayload } from './Proposals/RunProposedPayload.js';
import { RunReactions } from './RunReactions.js';
import { RunRemovedPayload } from './RunRemovedPayload.js';
import { RunQueuedPayload } from './RunQueuedPayload.js';
import { RunReasonPayload } from './RunReasonPayload.js';
import { RunStartedPayload } from './RunStartedPayload.js';
import { RunWaitingPayload } from './RunWaitingPayload.js';
import { hasEnded, type RunEnding, RunStates } from './RunStates.js';
import type { RunThread } from './Threads/RunThread.js';
import { Usage } from './Usage.js';

const maxSupporters = 500;

/** The fold of one run's events, which come in sequence order, each once; `toRun` then gives the run as it stands. */
export class RunState {
  /**
   * The length of reactions to one run's passages that is kept, in UTF-16 units: their emoji and member ids, and 64 for each passage.
   */
  static readonly maxReactionsLength = 16_384;

  /** The number of tool calls that a run's state keeps; later ones are in the log only. */
  static readonly maxToolCalls = 32;

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

  /** True once the upstream was called. */
  get hasStarted(): boolean {
    return this.#run.startedAt !== undefined;
  }

  /** Its place in its thread; undefined without one. */
  get thread(): RunThread | undefined {
    return this.#run.thread;
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

  /** Creates the state from the run's first event: `run.proposed` or `run.queued`. */
  static fromFirst(first: RoomEvent): RunState {
    if (first.run === undefined) throw new TypeError("A run's first event names it.");

    const isProposed = first.type === EventTypes.runProposed;
    return new RunState({
      id: first.run,
      ...(isProposed ? RunProposedPayload.read(first.data) : RunQueuedPayload.read(first.data)),
      ...given('by', first.by),
      state: isProposed ? RunStates.proposed : RunStates.queued,
      ...given('proposedAt', isProposed ? first.at : undefined),
      queuedAt: first.at,
      text: '',
    });
  }

  /** Applies the run's next event, or one that hides, shows or removes it. Unknown types change nothing. */
  apply(event: RoomEvent): void {
    const { data } = event;
    const { position, waitingUntil, rank, supporters, ...unplaced } = this.#run;
    switch (event.type) {
      case EventTypes.chunk:
        this.#appendChunk(ChunkPayload.read(data));
        this.#lastChunkAt = event.at;
        break;
      case EventTypes.masked:
        this.#mask(MaskedPayload.read(data));
        break;
      case EventTypes.runSupported:
      case EventTypes.runUnsupported:
      case EventTypes.runPlaced:
      case EventTypes.runApproved:
      case EventTypes.runQueued:
        if (this.state !== RunStates.proposed) return;

        this.#applyToProposal(event);
        break;
      case EventTypes.runMoved:
        this.#run = { ...unplaced, ...RunMovedPayload.read(data) };
        break;
      case EventTypes.runWaiting: {
        const { startedAt, history, ...unstarted } = unplaced;
        this.#run = { ...unstarted, state: RunStates.queued, ...given('waitingUntil', RunWaitingPayload.read(data).until) };
        break;
      }
      case EventTypes.runStarted:
        this.#run = { ...unplaced, state: RunStates.running, startedAt: event.at, ...RunStartedPayload.read(data) };
        break;
      case EventTypes.metadata: {
        const { jobId, finishReason } = MetadataPayload.read(data);
        this.#run = { ...this.#run, ...given('jobId', jobId), ...given('finishReason', finishReason) };
        break;
      }
      case EventTypes.reasoning: {
        const { content } = ReasoningPayload.read(data);
        this.#run = { ...this.#run, reasoningLength: (this.#run.reasoningLength ?? 0) + content.length };
        break;
      }
      case EventTypes.toolCall:
        this.#addToolCall(RunToolCall.read(data));
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
      case EventTypes.declined:
        this.#end(event, { ...unplaced, ...RunReasonPayload.read(data), ...given('declinedBy', event.by) });
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
    const { by, cancelledBy, approvedBy, declinedBy, hiddenBy, removedBy, supporters } = this.#run;
    const named = [by, cancelledBy, approvedBy, declinedBy, hiddenBy, removedBy, ...(supporters ?? [])];
    return named.includes(memberId) || this.#reactions.names(memberId);
  }

  /** @internal */
  get length(): number {
    return this.#run.task.length + (this.#run.asked?.task.length ?? 0) + this.textLength + this.#callsLength;
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
  dropText(maxTaskLength: number): boolean {
    const { asked, masks, masked, toolCalls, ...rest } = this.#run;
    const { task, taskLength = task.length } = rest;
    this.#run = rest;
    // Never half of a surrogate pair.
    if (task.length > maxTaskLength)
      this.#run = { ...rest, task: task.slice(0, maxTaskLength).replace(/[\uD800-\uDBFF]$/, ''), taskLength };

    this.#hasText = false;
    this.#text = '';
    this.#parts = undefined;
    this.#current = undefined;
    return this.#reactions.clear();
  }

  /** @internal Adds a passage that the room does not get. */
  maskInLane({ start, end }: LaneMaskedPayload): void {
    const masked = withRange(this.#run.masked ?? [], { start, end });
    if (masked.length > 0) this.#run = { ...this.#run, masked };

    this.#current = undefined;
  }

  /** @internal Notes how far a host released the lane's text. */
  releaseInLane({ to }: LaneReleasedPayload): void {
    this.#run = { ...this.#run, releasedTo: Math.max(this.#run.releasedTo ?? 0, to) };
    this.#current = undefined;
  }

  /** @internal Shows what a blind group has hidden of the run. */
  reveal({ kind, agent, reserved, jobId, usage, error }: RevealedRun): void {
    if (this.isRemoved) return;

    const rest: { -readonly [field in keyof Run]: Run[field] } = { ...this.#run };
    delete rest.reserved;
    delete rest.jobId;
    delete rest.usage;
    this.#run = {
      ...rest,
      ...given('kind', kind),
      agent,
      ...given('reserved', reserved),
      ...given('jobId', jobId),
      ...given('usage', usage),
      ...given('error', error ?? rest.error),
    };
    this.#current = undefined;
  }

  get #callsLength(): number {
    const lengths = this.#run.toolCalls?.map(
      call => call.name.length + call.arguments.length + (call.id?.length ?? 0) + (call.agent?.length ?? 0),
    );
    return lengths?.reduce((sum, length) => sum + length, 0) ?? 0;
  }

  #addToolCall(call: RunToolCall): void {
    const calls = this.#run.toolCalls ?? [];
    if (calls.length >= RunState.maxToolCalls) return;

    // Never half of a surrogate pair.
    const isCut = call.arguments.length > RunToolCall.maxArgumentsLength;
    const kept = isCut ? call.arguments.slice(0, RunToolCall.maxArgumentsLength).replace(/[\uD800-\uDBFF]$/, '') : call.arguments;
    this.#run = { ...this.#run, toolCalls: [...calls, { ...call, arguments: kept }] };
  }

  // Two masks with no text between them are one passage.
  #mask({ length }: MaskedPayload): void {
    const masks = this.#run.masks ?? [];
    const last = masks.at(-1);
    const isLonger = last?.at === this.#text.length;
    const before = isLonger ? masks.slice(0, -1) : masks;
    this.#run = { ...this.#run, masks: [...before, { at: this.#text.length, length: length + (isLonger ? last.length : 0) }] };
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

  #applyToProposal({ type, by, at, data }: RoomEvent): void {
    const { rank, supporters, task, taskLength, ...rest } = this.#run;
    switch (type) {
      case EventTypes.runSupported:
        if (by !== undefined && !supporters?.includes(by) && (supporters?.length ?? 0) < maxSupporters)
          this.#run = { ...this.#run, supporters: [...(supporters ?? []), by] };
        break;
      case EventTypes.runUnsupported: {
        const left = supporters?.filter(id => id !== by) ?? [];
        this.#run = { ...rest, task, ...given('taskLength', taskLength), ...given('rank', rank) };
        if (left.length > 0) this.#run = { ...this.#run, supporters: left };
        break;
      }
      case EventTypes.runPlaced:
        this.#run = { ...this.#run, ...RunPlacedPayload.read(data) };
        break;
      case EventTypes.runApproved: {
        const asked = RunApprovedPayload.read(data).isEdited ? { task, ...given('taskLength', taskLength) } : undefined;
        this.#run = { ...this.#run, ...given('approvedBy', by), ...given('asked', asked) };
        break;
      }
      case EventTypes.runQueued: {
        const { kind, ...queued } = RunQueuedPayload.read(data);
        this.#run = { ...rest, ...queued, state: RunStates.queued, queuedAt: at };
        break;
      }
    }
  }

  #end(ending: RoomEvent, ended: Run): void {
    this.#run = { ...ended, state: ending.type as RunEnding, endedAt: ending.at };
  }

  // The run's place, its times and its figures stay. The rest may tell of its text.
  #remove(removed: RoomEvent, { kind, usage, textLength }: RunRemovedPayload): void {
    const { id, by, thread, group, state, proposedAt, approvedBy, queuedAt, startedAt, endedAt, cancelledBy, declinedBy } = this.#run;
    this.#run = {
      id,
      kind,
      agent: { name: null, model: null },
      task: '',
      ...given('by', by),
      ...given('thread', thread),
      ...given('group', group),
      state,
      ...given('proposedAt', proposedAt),
      ...given('approvedBy', approvedBy),
      queuedAt,
      ...given('startedAt', startedAt),
      ...given('endedAt', endedAt),
      ...given('usage', usage),
      ...given('cancelledBy', cancelledBy),
      ...given('declinedBy', declinedBy),
      ...given('removedBy', removed.by),
      removedAt: removed.at,
      textLength,
    };
    this.dropText(0);
  }
}

/** Adds a passage to those that are in order and apart. Adjacent and overlapping ones become one. */
function withRange(ranges: readonly TextRange[], { start, end }: TextRange): readonly TextRange[] {
  if (start < 0 || end <= start) return ranges;

  const touching = ranges.filter(range => range.end >= start && range.start <= end);
  const whole = {
    start: Math.min(start, ...touching.map(range => range.start)),
    end: Math.max(end, ...touching.map(range => range.end)),
  };
  const apart = ranges.filter(range => !touching.includes(range));
  return [...apart.filter(range => range.end < whole.start), whole, ...apart.filter(range => range.start > whole.end)];
}
