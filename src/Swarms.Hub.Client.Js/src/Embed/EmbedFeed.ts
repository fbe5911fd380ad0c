import type { ConnectionState } from '../Feed/ConnectionState.js';
import type { FeedConnection } from '../Feed/FeedConnection.js';
import type { FeedEndpoint } from '../Feed/FeedEndpoint.js';
import { RoomFeed } from '../Feed/RoomFeed.js';
import { UpdateQueue } from '../Feed/UpdateQueue.js';
import type { HubClientError } from '../HubClientError.js';
import type { Run } from '../Protocol/Runs/Run.js';
import { RoomView } from '../State/RoomView.js';
import { EmbedConnection } from './EmbedConnection.js';

/** The news of a run that an element is told. */
export interface EmbedListener {
  /** The run as it is now. */
  onRun(run: Run): void;
  /** The connection changed; the error says why where there is one. `ended` comes once, and is the last. */
  onState(state: ConnectionState, error: HubClientError | undefined): void;
}

/** Follows one run with an embed's token until it is stopped or refused. It folds as every client does, and checks the run's digest. */
export class EmbedFeed {
  readonly #view = new RoomView();
  readonly #queue = new UpdateQueue(2_000);
  readonly #stop = new AbortController();
  readonly #run: string;
  readonly #listener: EmbedListener;
  readonly #feed: RoomFeed;
  #hasAskedAgain = false;

  constructor(hub: string, run: string, token: string, listener: EmbedListener) {
    this.#run = run;
    this.#listener = listener;
    const address = new URL(`api/embed/${encodeURIComponent(run)}`, hub.endsWith('/') ? hub : `${hub}/`).href;
    const endpoint: FeedEndpoint = {
      roomId: run,
      isOfEmbed: true,
      options: { maxReconnectDelay: 5_000 },
      connect: (): FeedConnection => new EmbedConnection(address, token),
      open: async connection => {
        await connection.open();
        return true;
      },
      passesWebSockets: () => Promise.resolve(false),
    };
    this.#feed = new RoomFeed(endpoint, this.#queue);
  }

  /** Whether the text of the ended run is the one that the hub stored; undefined while there is nothing to compare. */
  get isVerified(): boolean | undefined {
    return this.#view.digestOf(this.#run);
  }

  /** Runs until it is stopped or refused. */
  async run(): Promise<void> {
    const feeding = this.#feed.run(this.#stop.signal);
    feeding.catch(() => {});
    let item = await this.#queue.take();
    while (item !== undefined && !this.#stop.signal.aborted) {
      if ('frame' in item) {
        const digests = this.#view.apply(item.frame);
        if (digests.some(digest => !digest.matches) && !this.#hasAskedAgain) {
          this.#hasAskedAgain = true;
          this.#feed.askForSnapshot();
        }

        const run = this.#view.snapshot?.findRun(this.#run);
        if (run) this.#listener.onRun(run);
      } else if (item.update.kind === 'connectionState') this.#listener.onState(item.update.connectionState, item.update.error);

      item = await this.#queue.take();
    }

    await feeding;
  }

  stop(): void {
    this.#stop.abort();
    this.#queue.complete();
  }
}
