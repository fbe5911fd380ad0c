import {
  EventTypes,
  GroupRevealedPayload,
  GroupStartedPayload,
  isEnding,
  RunRemovedPayload,
  Usage,
  type RoomClient,
  type RoomEvent,
} from 'swarms-hub-client';
import { countWords } from '../shared/countWords';

const pageLength = 1000;
/** A shorter run says nothing about a pace. */
const shortestMilliseconds = 500;

/** The figures of one run that has ended. Times are in milliseconds. */
export interface RunFigure {
  readonly id: string;
  /** The id of the member who started it; undefined if nobody did. */
  readonly by: string | undefined;
  /** The agent's name; null where it has none, or is gone with its run. */
  readonly agent: string | null;
  /** When it ended, since 1970. */
  readonly endedAt: number;
  /** As the upstream stated them; null where it did not. */
  readonly tokens: number | null;
  /** The same; null also for those who may not see costs. */
  readonly cost: number | null;
  /** From the call of the upstream to the first piece of text; undefined without one. */
  readonly firstWordAfter: number | undefined;
  /** From the first piece of text to the last; undefined where that says nothing. */
  readonly wordsPerSecond: number | undefined;
}

interface Seen {
  by: string | undefined;
  agent: string | null;
  startedAt: number | undefined;
  firstAt: number | undefined;
  lastAt: number | undefined;
  endedAt: number | undefined;
  words: number;
  lastLetter: string;
  usage: Usage | undefined;
  isHeld: boolean;
}

/** Reads the figures out of a room's log. A run of a blind group, or one that was held back, has no pace: it could tell who is who. */
export class FiguresReader {
  readonly #runs = new Map<string, Seen>();
  readonly #blind = new Set<string>();

  add(event: RoomEvent): void {
    if (event.type === EventTypes.groupStarted) {
      const { isBlind, runs } = GroupStartedPayload.read(event.data);
      if (isBlind) for (const run of runs) this.#blind.add(run);
    } else if (event.type === EventTypes.groupRevealed) this.#reveal(event);
    else if (event.type === EventTypes.runRemoved) {
      const { run, usage } = RunRemovedPayload.read(event.data);
      const seen = this.#runs.get(run);
      if (seen && usage) seen.usage = usage;
    } else if (event.run !== undefined) this.#addToRun(event, event.run);
  }

  /** The runs that have ended, in the order in which they did. Those of a blind group come with its reveal. */
  get figures(): RunFigure[] {
    return [...this.#runs]
      .filter(([id, seen]) => seen.endedAt !== undefined && !this.#blind.has(id))
      .map(([id, seen]) => ({
        id,
        by: seen.by,
        agent: seen.agent,
        endedAt: seen.endedAt!,
        tokens: seen.usage?.totalTokens ?? null,
        cost: seen.usage?.cost ?? null,
        ...paceOf(seen),
      }))
      .sort((one, other) => one.endedAt - other.endedAt);
  }

  #reveal({ data }: RoomEvent): void {
    for (const { run, agent, usage } of GroupRevealedPayload.read(data).runs) {
      this.#blind.delete(run);
      const seen = this.#runs.get(run);
      if (!seen) continue;

      seen.agent = agent.name;
      if (usage) seen.usage = usage;
    }
  }

  #addToRun({ type, by, at, data }: RoomEvent, id: string): void {
    const time = Date.parse(at);
    let seen = this.#runs.get(id);
    if (!seen) this.#runs.set(id, (seen = begin(by)));
    switch (type) {
      case EventTypes.runProposed:
      case EventTypes.runQueued:
        seen.agent = nameIn(data['agent']) ?? seen.agent;
        seen.isHeld ||= data['hold'] !== undefined;
        break;
      case EventTypes.runStarted:
        seen.startedAt = time;
        break;
      case EventTypes.chunk:
        if (typeof data['content'] !== 'string') break;

        seen.firstAt ??= time;
        seen.lastAt = time;
        seen.words += countWords(seen.lastLetter + data['content'], seen.lastLetter.length);
        seen.lastLetter = data['content'].slice(-1);
        break;
      case EventTypes.usage:
        seen.usage = Usage.read(data);
        break;
      default:
        if (isEnding(type)) seen.endedAt = time;
    }
  }
}

/** Reads the whole log. `onProgress` is told how many events there were so far. */
export async function readFigures(
  client: Pick<RoomClient, 'listEvents'>,
  onProgress: (count: number) => void,
  signal: AbortSignal,
): Promise<RunFigure[]> {
  const reader = new FiguresReader();
  for (let count = 0; ;) {
    const { events } = await client.listEvents(String(count), pageLength);
    if (signal.aborted || events.length === 0) return reader.figures;

    for (const event of events) reader.add(event);
    count += events.length;
    onProgress(count);
  }
}

function begin(by: string | undefined): Seen {
  const none = { startedAt: undefined, firstAt: undefined, lastAt: undefined, endedAt: undefined, usage: undefined };
  return { by, agent: null, words: 0, lastLetter: '', isHeld: false, ...none };
}

function nameIn(agent: unknown): string | undefined {
  const name = typeof agent === 'object' && agent !== null && 'name' in agent ? agent.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

function paceOf({ startedAt, firstAt, lastAt, words, isHeld }: Seen): Pick<RunFigure, 'firstWordAfter' | 'wordsPerSecond'> {
  if (isHeld || firstAt === undefined || lastAt === undefined) return { firstWordAfter: undefined, wordsPerSecond: undefined };

  return {
    firstWordAfter: startedAt === undefined ? undefined : Math.max(0, firstAt - startedAt),
    wordsPerSecond: lastAt - firstAt < shortestMilliseconds ? undefined : (words * 1000) / (lastAt - firstAt),
  };
}
