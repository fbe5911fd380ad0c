import { ConnectionState } from '../Feed/ConnectionState.js';
import { HubClientError } from '../HubClientError.js';
import { ErrorCodes } from '../Protocol/ErrorCodes.js';
import type { Run } from '../Protocol/Runs/Run.js';
import { EmbedFeed } from './EmbedFeed.js';
import { RunCard } from './RunCard.js';
import { styles } from './styles.js';

/** The detail of a `swarms-error`. */
export interface SwarmsRunError {
  /** One of `ErrorCodes`, or `hub_unreachable`. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
}

/**
 * `<swarms-run hub="https://hub.example" run="…" token="she_…">`: one live run of a room in any page. `theme` is `light` or `dark`; the
 * page's own scheme if left out. `heading` stands in the place of the agent's name. Dispatches `swarms-error` where it cannot go on, and
 * where it is given nothing to begin with.
 */
export class SwarmsRunElement extends HTMLElement {
  static readonly observedAttributes = ['hub', 'run', 'token', 'heading'];

  /** The hub that served the script; empty where another server did. */
  static defaultHub = '';

  readonly #card: RunCard;
  #feed: EmbedFeed | undefined;
  #isRestarting = false;
  #frame = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.#card = new RunCard(this);
    root.append(this.#card.element);
  }

  connectedCallback(): void {
    this.#card.showHeading();
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;

    if (name === 'heading') this.#card.showHeading();
    else this.#restart();
  }

  /** Attributes that are set together are one beginning. */
  #restart(): void {
    if (this.#isRestarting) return;

    this.#isRestarting = true;
    queueMicrotask(() => {
      this.#isRestarting = false;
      if (this.isConnected) this.#start();
    });
  }

  #start(): void {
    this.#stop();
    const { run, token, hub } = {
      run: this.getAttribute('run') ?? '',
      token: this.getAttribute('token') ?? '',
      hub: this.getAttribute('hub') ?? SwarmsRunElement.defaultHub,
    };
    if (run === '' || token === '' || hub === '') {
      this.#end(new HubClientError(ErrorCodes.invalid, 'A swarms-run takes the attributes hub, run and token.'));
      return;
    }

    let feed: EmbedFeed;
    let last: Run | undefined;
    try {
      feed = this.#feed = new EmbedFeed(hub, run, token, {
        onRun: shown => {
          last = shown;
          // A fast run brings more frames than a screen can show.
          this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            if (this.#feed === feed && last) this.#card.show(last, feed.isVerified);
          });
        },
        onState: (state, error) => {
          if (this.#feed === feed) this.#showState(state, error);
        },
      });
    } catch {
      this.#end(new HubClientError(ErrorCodes.invalid, "The attribute hub is no address such as 'https://hub.example'."));
      return;
    }

    feed.run().catch((error: unknown) => {
      if (this.#feed === feed) this.#end(HubClientError.fromHub(error));
    });
  }

  #stop(): void {
    this.#feed?.stop();
    this.#feed = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #showState(state: ConnectionState, error: HubClientError | undefined): void {
    const { words } = this.#card;
    if (state === ConnectionState.ended) this.#end(error ?? new HubClientError(ErrorCodes.internal, words.refused));
    else if (state === ConnectionState.reconnecting) this.#card.showConnection(words.lost, false);
    else if (state === ConnectionState.offline) this.#card.showConnection(words.offline, false);
    else this.#card.showConnection('', state === ConnectionState.live);
  }

  #end(error: HubClientError): void {
    this.#stop();
    const { words } = this.#card;
    const sentence: Readonly<Record<string, string>> = {
      [ErrorCodes.unauthenticated]: words.expired,
      [ErrorCodes.notFound]: words.removed,
      [ErrorCodes.invalid]: error.message,
    };
    this.#card.end(sentence[error.code] ?? words.refused);
    const detail: SwarmsRunError = { code: error.code, message: error.message };
    this.dispatchEvent(new CustomEvent('swarms-error', { detail, bubbles: true, composed: true }));
  }
}
