import { EventTypes, isEnding } from '../Feed/EventTypes.js';
import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { Run } from './Run.js';
import { type RunKind, RunKinds } from './RunKinds.js';
import { type RunEnding, RunStates } from './RunStates.js';
import type { Usage } from './Usage.js';

/** The fold of one run's events, which come in sequence order, each once; `toRun` then gives the run as it stands. */
export class RunState {
  #run: Run;
  #text: string;
  #parts: { agent: string | null; text: string }[] | undefined;
  #hasText: boolean;
  #current: Run | undefined;

  /** Begins with a run as a snapshot shows it. */
  constructor(run: Run) {
    const { text, parts, ...rest } = run;
    this.#run = rest;
    this.#hasText = text !== undefined;
    this.#text = text ?? '';
    this.#parts = parts?.map(part => ({ agent: part.agent, text: part.text }));
  }

  get id(): string {
    return this.#run.id;
  }

  get state(): Run['state'] {
    return this.#run.state;
  }

  /** True once the run has its ending event. */
  get hasEnded(): boolean {
    return isEnding(this.#run.state);
  }

  /** False where the text was left out. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** The length of the text so far, in UTF-16 units; 0 where the text was left out. */
  get textLength(): number {
    return this.#text.length;
  }

  /** Begins with the run's first event. */
  static fromQueued(queued: RoomEvent): RunState {
    if (queued.run === undefined)
      throw new TypeError('A run.queued event names its run.');

    const { data } = queued;
    const agent = (typeof data['agent'] === 'object' && data['agent'] !== null ? data['agent'] : {}) as Record<string, unknown>;
    return new RunState({
      id: queued.run,
      kind: (text(data['kind']) ?? RunKinds.agent) as RunKind,
      agent: { name: text(agent['name']) ?? null, model: text(agent['model']) ?? null },
      task: text(data['task']) ?? '',
      ...given('taskLength', integer(data['taskLength'])),
      ...given('by', queued.by),
      state: RunStates.queued,
      ...given('position', integer(data['position'])),
      queuedAt: queued.at,
      text: '',
    });
  }

  /** Applies the run's next event. Unknown types change nothing. */
  apply(event: RoomEvent): void {
    const { data } = event;
    const { position, ...unplaced } = this.#run;
    switch (event.type) {
      case EventTypes.chunk:
        this.#append(text(data['content']) ?? '', text(data['agent']) ?? null);
        break;
      case EventTypes.runMoved:
        this.#run = { ...unplaced, ...given('position', integer(data['position'])) };
        break;
      case EventTypes.runStarted:
        this.#run = { ...unplaced, state: RunStates.running, startedAt: event.at };
        break;
      case EventTypes.metadata:
        this.#run = { ...this.#run, ...given('jobId', text(data['jobId'])) };
        break;
      case EventTypes.usage:
        this.#run = { ...this.#run, usage: toUsage(data) };
        break;
      case EventTypes.done:
        this.#end(event, { ...unplaced, ...given('bytes', integer(data['bytes'])), ...given('sha256', text(data['sha256'])) });
        break;
      case EventTypes.error:
        this.#end(event, { ...unplaced, error: { code: text(data['code']) ?? '', message: text(data['message']) ?? '' } });
        break;
      case EventTypes.cancelled:
      case EventTypes.interrupted:
        this.#end(event, { ...unplaced, ...given('reason', text(data['reason'])) });
        break;
      default:
        return;
    }

    this.#current = undefined;
  }

  /** The run as it stands; the same object until the next event. */
  toRun(): Run {
    return this.#current ??= {
      ...this.#run,
      ...(this.#hasText ? { text: this.#text } : {}),
      ...(this.#hasText && this.#parts ? { parts: this.#parts.map(part => ({ ...part })) } : {}),
    };
  }

  /** @internal Forgets the text: the room holds as much of newer runs as it may. */
  dropText(): void {
    if (!this.#hasText)
      return;

    this.#hasText = false;
    this.#text = '';
    this.#parts = undefined;
    this.#current = undefined;
  }

  #append(content: string, agent: string | null): void {
    const before = this.#text;
    this.#text += content;
    if (agent === null && !this.#parts)
      return;

    // What came before the first named agent belongs to the part without a name.
    this.#parts ??= before === '' ? [] : [{ agent: null, text: before }];
    const part = this.#parts.find(p => p.agent === agent);
    if (part)
      part.text += content;
    else
      this.#parts.push({ agent, text: content });
  }

  #end(ending: RoomEvent, ended: Run): void {
    this.#run = { ...ended, state: ending.type as RunEnding, endedAt: ending.at };
  }
}

function toUsage(data: RoomEvent['data']): Usage {
  return {
    inputTokens: integer(data['inputTokens']) ?? null,
    outputTokens: integer(data['outputTokens']) ?? null,
    totalTokens: integer(data['totalTokens']) ?? null,
    cost: typeof data['cost'] === 'number' ? data['cost'] : null,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function integer(value: unknown): number | undefined {
  return Number.isInteger(value) ? value as number : undefined;
}

function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: V };
}
