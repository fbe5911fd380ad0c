import { EventTypes, HandPayload, isEnding, type Member, type RoomEvent, type RoomSnapshot, type Run } from 'swarms-hub-client';

/** Something that happened and concerns the person at this page. */
export interface Concern {
  /** Names it: a second one of the same name takes its place. */
  readonly key: string;
  readonly kind: 'reply' | 'quote' | 'mention' | 'approved' | 'declined' | 'ended' | 'handCalled' | 'handRaised' | 'proposed';
  /** The id of the member who did it. */
  readonly by?: string;
  /** The sequence of the message that it is about. */
  readonly message?: number;
  /** The id of the run that it is about. */
  readonly run?: string;
  /** The beginning of the message, or of the run's task. */
  readonly text?: string;
}

const maxText = 120;

/** Returns what an event means to a member; undefined for nearly all events. The state may be behind the event or include it. */
export function concernOf(event: RoomEvent, me: Member, state: () => RoomSnapshot | undefined): Concern | undefined {
  const { type, by, data } = event;
  if (by === me.id && !isEnding(type)) return undefined;

  if (type === EventTypes.message) return concernOfMessage(event, me, state);

  if (type === EventTypes.handLowered)
    return HandPayload.read(data).member === me.id ? { key: 'hand', kind: 'handCalled', ...given('by', by) } : undefined;

  if (me.role === 'host' && type === EventTypes.handRaised && by !== undefined) return { key: handOf(by), kind: 'handRaised', by };

  if (type !== EventTypes.runProposed && type !== EventTypes.runApproved && !isEnding(type)) return undefined;

  const run = state()?.runs.find(({ id }) => id === event.run);
  if (type === EventTypes.runProposed) return me.role === 'host' && event.run !== undefined ? aboutRun('proposed', event, run) : undefined;

  return run?.by === me.id ? concernOfOwnRun(event, me, run, state) : undefined;
}

/** Whether an event makes an earlier concern void: a hand went down, a proposal was decided, a message removed. */
export function isSettledBy(concern: Concern, { type, by, run, data }: RoomEvent): boolean {
  if (concern.kind === 'handRaised')
    return type === EventTypes.handLowered && handOf(HandPayload.read(data).member ?? by ?? '') === concern.key;

  if (concern.kind === 'proposed') return run === concern.run && (type === EventTypes.runApproved || isEnding(type));

  return type === EventTypes.messageRemoved && concern.message !== undefined && data['target'] === concern.message;
}

/** Whether a text names somebody: `@` and the whole name, in either case. */
export function mentions(text: string, name: string): boolean {
  const sign = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])@${sign}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

function concernOfMessage({ sequence, by, data }: RoomEvent, me: Member, state: () => RoomSnapshot | undefined): Concern | undefined {
  const text = typeof data['text'] === 'string' ? data['text'] : '';
  const concern = { key: `message ${sequence}`, message: sequence, text: text.slice(0, maxText), ...given('by', by) };
  const { replyTo, quote } = data;
  if (replyTo !== undefined && state()?.messages.find(message => message.sequence === replyTo)?.by === me.id)
    return { ...concern, kind: 'reply' };

  if (isObject(quote) && state()?.runs.find(({ id }) => id === quote['run'])?.by === me.id) return { ...concern, kind: 'quote' };

  return mentions(text, me.name) ? { ...concern, kind: 'mention' } : undefined;
}

function concernOfOwnRun(event: RoomEvent, me: Member, run: Run, state: () => RoomSnapshot | undefined): Concern | undefined {
  if (event.type === EventTypes.runApproved) return aboutRun('approved', event, run);

  if (event.type === EventTypes.declined) return event.by === me.id ? undefined : aboutRun('declined', event, run);

  // Whoever stops a run knows that it ended.
  if (event.type === EventTypes.cancelled && event.by === me.id) return undefined;

  const { group } = run;
  if (group === undefined) return aboutRun('ended', event, run);

  // Of a group, the last ending counts.
  const isOver = state()?.runs.every(other => other.group?.id !== group.id || other.id === run.id || isEnding(other.state)) ?? true;
  return isOver ? aboutRun('ended', event, run) : undefined;
}

function aboutRun(kind: Concern['kind'], { run: id, by }: RoomEvent, run: Run | undefined): Concern {
  return {
    key: `run ${id}`,
    kind,
    run: id ?? '',
    text: (run?.task ?? '').slice(0, maxText),
    ...given('by', by),
  };
}

function handOf(memberId: string): string {
  return `hand of ${memberId}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function given(name: 'by', value: string | undefined): { by?: string } {
  return value === undefined ? {} : { [name]: value };
}
