import { useEffect, useState } from 'react';
import type { Run } from 'swarms-hub-client';
import type { RoomStore } from '../room/RoomStore';
import { countWords } from '../shared/countWords';

const interval = 500;

/** Returns how many words the room's runs have gained since the reader stopped following; 0 while they follow. */
export function useNewWords(store: RoomStore | undefined, runs: readonly Run[], isFollowing: boolean): number {
  const [words, setWords] = useState(0);
  const [counter, setCounter] = useState<NewWords>();
  if (isFollowing === (counter !== undefined)) {
    setCounter(isFollowing || !store ? undefined : new NewWords(store, runs));
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
  readonly #store: RoomStore;
  /** The length of each run's text up to which its words are counted. */
  readonly #counted = new Map<string, number>();
  #words = 0;

  constructor(store: RoomStore, runs: readonly Run[]) {
    this.#store = store;
    for (const { id } of runs) this.#counted.set(id, store.text(id).get().length);
  }

  count(runs: readonly Run[]): number {
    for (const { id } of runs) {
      const text = this.#store.text(id).get();
      const from = this.#counted.get(id) ?? 0;
      if (text.length > from) this.#words += countWords(text, from);
      this.#counted.set(id, text.length);
    }

    return this.#words;
  }
}
