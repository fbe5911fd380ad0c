import {
  HubClientError,
  type ConnectionState,
  type BudgetWarnedPayload,
  type ConnectionTransport,
  type Member,
  type Message,
  type Room,
  type RoomAgent,
  type RoomClient,
  type RoomPresence,
  type RoomSpending,
  type Run,
  type RunGroup,
} from 'swarms-hub-client';
import type { GrowingText } from '../markdown/FormattedText';
import { BudgetWarnings } from '../money/BudgetWarnings';
import { hub } from '../shared/hub';
import { findVisited } from '../shared/visited';
import { FirstWords } from './FirstWords';
import { Loss, type Missed } from './Loss';
import { Names } from './Names';
import { isSame, sameHeads } from './sameHeads';

/**
 * The room as the page shows it. Unchanged parts keep their identity, and so does the whole while texts do nothing but grow: those are
 * had from `RoomStore.text`, so that a word more draws nothing but itself.
 */
export interface RoomViewModel {
  readonly room: Room | undefined;
  readonly me: Member | undefined;
  readonly members: readonly Member[];
  /** The names of those who are members, and of those who were while something of the room names them. */
  readonly names: ReadonlyMap<string, string>;
  /** Their texts may be behind: see `RoomStore.text`. */
  readonly runs: readonly Run[];
  readonly messages: readonly Message[];
  readonly agents: readonly RoomAgent[];
  readonly groups: readonly RunGroup[];
  readonly spending: RoomSpending | undefined;
  /** Those that this page was handed, under the present settings. */
  readonly budgetWarnings: readonly BudgetWarnedPayload[];
  readonly presence: RoomPresence | undefined;
  readonly connectionState: ConnectionState;
  readonly transport: ConnectionTransport;
  readonly isStorageAvailable: boolean;
  readonly refusal: HubClientError | undefined;
  /** Counts the comparisons of finished texts with their digests: `RoomClient.isVerified` may say something else after each. */
  readonly comparisons: number;
  /** When the connection was lost, by this device's clock; undefined while it is live. */
  readonly lostAt: number | undefined;
  /** The news from the time without a connection, until it is dismissed. */
  readonly missed: Missed | undefined;
}

const nothing: RoomViewModel = {
  room: undefined,
  me: undefined,
  members: [],
  names: new Map(),
  runs: [],
  messages: [],
  agents: [],
  groups: [],
  spending: undefined,
  budgetWarnings: [],
  presence: undefined,
  connectionState: 'catchingUp',
  transport: 'webSockets',
  isStorageAvailable: true,
  refusal: undefined,
  comparisons: 0,
  lostAt: undefined,
  missed: undefined,
};

/** A page in the background gets no frames. It looks so often for what its title has to say. */
const hiddenMilliseconds = 1000;

/** Watches a room for the page. It looks at most once for each frame of the screen, however many events come. */
export class RoomStore {
  readonly client: RoomClient;
  readonly #listeners = new Set<() => void>();
  readonly #texts = new Map<string, RunText>();
  #view = nothing;
  #me: string | undefined;
  #refusal: HubClientError | undefined;
  #comparisons = 0;
  readonly #names = new Names();
  readonly #firstWords = new FirstWords();
  readonly #warnings = new BudgetWarnings();
  #loss: Loss | undefined;
  #missed: Missed | undefined;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWatching = false;

  constructor(roomId: string) {
    this.#me = findVisited(roomId)?.memberId;
    this.client = hub.openRoom(roomId);
  }

  readonly getView = (): RoomViewModel => this.#view;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  /** Returns the text of a run of the room, or of one of its agents. The same object each time. */
  text(runId: string, agent?: string | null): GrowingText {
    const key = agent === undefined ? runId : `${runId}\n${agent ?? ''}`;
    let text = this.#texts.get(key);
    if (!text) this.#texts.set(key, (text = new RunText(() => this.#find(runId), agent)));
    return text;
  }

  /** When the run's text last grew, as this page saw it; undefined if it did not. */
  lastWordAt(runId: string): number | undefined {
    return this.#texts.get(runId)?.grownAt;
  }

  /** How long the run took to its first word, by the hub's clock; undefined where this page did not see it come. */
  timeToFirstWord(runId: string): number | undefined {
    return this.#firstWords.of(runId);
  }

  dismissMissed(): void {
    this.#missed = undefined;
    this.#lookSoon();
  }

  /** Watches until the returned function is called. */
  start(): () => void {
    this.#isWatching = true;
    const stopListening = this.client.onUpdate(update => {
      if (update.kind === 'connectionState' && update.connectionState === 'ended') this.#refusal = update.error;
      if (update.kind === 'events') for (const seer of [this.#firstWords, this.#warnings]) seer.see(update.events);
      if (update.kind === 'snapshot') this.#warnings.forget();
      if (update.kind === 'digest') this.#comparisons++;
      if (update.kind === 'snapshot' && !this.client.state?.findMember(this.#me)) void this.#identify();
      this.#lookSoon();
    });
    this.#open().catch((error: unknown) => {
      // A refusal was shown with the state that came with it.
      if (!(error instanceof HubClientError)) throw error;
    });
    return () => {
      this.#isWatching = false;
      this.#cancelLook();
      stopListening();
      this.client.close();
    };
  }

  async #open(): Promise<void> {
    if (this.#me === undefined) await this.#identify();
    if (this.#isWatching && !this.#refusal) await this.client.open();
  }

  async #identify(): Promise<void> {
    try {
      this.#me = (await this.client.getMember()).id;
    } catch (error) {
      // After any other error the feed keeps trying to reach the hub, and its first snapshot asks again.
      if (error instanceof HubClientError && error.isFinal) this.#refusal = error;
    }

    this.#lookSoon();
  }

  #lookSoon(): void {
    if (!this.#isWatching || this.#frame !== 0 || this.#timer !== undefined) return;

    const look = () => {
      this.#cancelLook();
      this.#look();
    };
    if (document.hidden) this.#timer = setTimeout(look, hiddenMilliseconds);
    else {
      this.#frame = requestAnimationFrame(look);
      // A page that is hidden before the frame comes would wait for it until it is seen again.
      this.#timer = setTimeout(look, hiddenMilliseconds);
    }
  }

  #cancelLook(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#timer = undefined;
  }

  #look(): void {
    const { state, presence, connectionState, transport, isStorageAvailable } = this.client;
    const before = this.#view;
    this.#compareWithLoss();
    const view: RoomViewModel = {
      room: state?.room,
      me: state?.findMember(this.#me),
      members: state?.members ?? nothing.members,
      names: this.#names.of(state),
      runs: sameHeads(before.runs, state?.runs ?? nothing.runs),
      messages: state?.messages ?? nothing.messages,
      agents: state?.agents ?? nothing.agents,
      groups: state?.groups ?? nothing.groups,
      spending: state?.spending,
      budgetWarnings: this.#warnings.all,
      presence,
      connectionState: this.#refusal ? 'ended' : connectionState,
      transport,
      isStorageAvailable,
      refusal: this.#refusal,
      comparisons: this.#comparisons,
      lostAt: this.#loss?.at,
      missed: this.#missed,
    };
    if (!isSame(before, view)) {
      this.#view = view;
      for (const onChange of this.#listeners) onChange();
    }

    for (const text of this.#texts.values()) text.look();
  }

  /** Remembers what was there as the connection was lost, and says what is new as it is back. */
  #compareWithLoss(): void {
    const { state, connectionState } = this.client;
    if (!state || this.#refusal) return;

    if (connectionState !== 'live') {
      if (this.#view.room && connectionState !== 'ended') this.#loss ??= new Loss(state);
    } else if (this.#loss) {
      this.#missed = this.#loss.missed(state, this.#missed);
      this.#loss = undefined;
    }
  }

  #find(runId: string): Run | undefined {
    return this.client.state?.findRun(runId);
  }
}

class RunText implements GrowingText {
  readonly #find: () => Run | undefined;
  readonly #agent: string | null | undefined;
  readonly #listeners = new Set<() => void>();
  #text: string;
  grownAt: number | undefined;

  constructor(find: () => Run | undefined, agent: string | null | undefined) {
    this.#find = find;
    this.#agent = agent;
    this.#text = this.#read() ?? '';
  }

  get(): string {
    return this.#text;
  }

  subscribe(onGrow: () => void): () => void {
    this.#listeners.add(onGrow);
    return () => this.#listeners.delete(onGrow);
  }

  look(): void {
    // A room forgets the texts of old runs. A text that is shown stays.
    const text = this.#read() ?? this.#text;
    if (text === this.#text) return;

    this.#text = text;
    this.grownAt = Date.now();
    for (const onGrow of this.#listeners) onGrow();
  }

  #read(): string | undefined {
    const run = this.#find();
    // A removed text must not stay in this page either.
    if (run?.removedAt !== undefined) return '';

    return this.#agent === undefined ? run?.text : run?.parts?.find(part => part.agent === this.#agent)?.text;
  }
}
