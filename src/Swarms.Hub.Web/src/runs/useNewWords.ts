import { useEffect, useState } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { countWords } from '../shared/countWords';

const interval = 500;

/** Returns how many words the room's runs have gained since the reader stopped following; 0 while they follow. */
export function useNewWords(client: RoomClient, runs: readonly Run[], isFollowing: boolean): number {
  const [words, setWords] = useState(0);
  const [counter, setCounter] = useState<NewWords>();
  if (isFollowing === (counter !== undefined)) {
    setCounter(isFollowing ? undefined : new NewWords(client, runs));
    setWords(0);
  }

  useEffect(() => {
    if (!counter) return;

    const timer = setInterval(() => setWords(counter.count(runs)), interval);
    return () => clearInterval(timer);
  }, [counter, runs]);
  return words;
}

class NewWords {
  readonly #client: RoomClient;
  /** The length of each run's text up to which its words are counted. */
  readonly #counted = new Map<string, number>();
  #words = 0;

  constructor(client: RoomClient, runs: readonly Run[]) {
    this.#client = client;
    for (const { id } of runs) this.#counted.set(id, growingText(client, id).get().length);
  }

  count(runs: readonly Run[]): number {
    for (const { id } of runs) {
      const text = growingText(this.#client, id).get();
      const from = this.#counted.get(id) ?? 0;
      if (text.length > from) this.#words += countWords(text, from);
      this.#counted.set(id, text.length);
    }

    return this.#words;
  }
}
