import { EventTypes, type RoomEvent } from 'swarms-hub-client';

/** How long each run took to its first word, of the runs whose start and first word this page was handed. */
export class FirstWords {
  readonly #started = new Map<string, number>();
  readonly #times = new Map<string, number>();

  of(runId: string): number | undefined {
    return this.#times.get(runId);
  }

  see(events: readonly RoomEvent[]): void {
    for (const { type, run, at } of events) {
      if (run === undefined) continue;
      if (type === EventTypes.runStarted) this.#started.set(run, Date.parse(at));

      const started = this.#started.get(run);
      if (type !== EventTypes.chunk || started === undefined) continue;

      this.#times.set(run, Date.parse(at) - started);
      this.#started.delete(run);
    }
  }
}
