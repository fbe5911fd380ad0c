import type { Passage } from '../Messages/Passage.js';
import type { PassageReaction } from '../Messages/PassageReaction.js';

const passageLength = 64;

/** The reactions to one run's passages, within a bound. */
export class RunReactions {
  #all: readonly PassageReaction[];
  readonly #maxLength: number;

  constructor(given: readonly PassageReaction[], maxLength: number) {
    this.#all = given;
    this.#maxLength = maxLength;
  }

  /** The reactions in order of each one's first use; undefined without any. */
  get all(): readonly PassageReaction[] | undefined {
    return this.#all.length > 0 ? this.#all : undefined;
  }

  /** Adds a reaction. One that would exceed the bound is in the log only. */
  add(emoji: string, passage: Passage, by: string): void {
    const before = this.#find(emoji, passage);
    if (before?.by.includes(by)) return;

    const length = by.length + (before ? 0 : emoji.length + passageLength);
    if (this.#all.reduce((sum, reaction) => sum + lengthOf(reaction), 0) + length > this.#maxLength) return;

    this.#all = before
      ? this.#all.map(other => (other === before ? { ...other, by: [...other.by, by] } : other))
      : [...this.#all, { emoji, passage, by: [by] }];
  }

  /** Takes a reaction back. */
  remove(emoji: string, passage: Passage, by: string): void {
    const before = this.#find(emoji, passage);
    this.#all = this.#all
      .map(other => (other === before ? { ...other, by: other.by.filter(id => id !== by) } : other))
      .filter(other => other.by.length > 0);
  }

  /** Drops all; returns true if there were any. */
  clear(): boolean {
    const hadAny = this.#all.length > 0;
    this.#all = [];
    return hadAny;
  }

  names(memberId: string): boolean {
    return this.#all.some(reaction => reaction.by.includes(memberId));
  }

  #find(emoji: string, passage: Passage): PassageReaction | undefined {
    return this.#all.find(other => other.emoji === emoji && isSame(other.passage, passage));
  }
}

function isSame(one: Passage, other: Passage): boolean {
  return (
    one.run === other.run &&
    one.from === other.from &&
    one.fromOffset === other.fromOffset &&
    one.to === other.to &&
    one.toOffset === other.toOffset
  );
}

function lengthOf({ emoji, by }: PassageReaction): number {
  return by.reduce((sum, id) => sum + id.length, emoji.length + passageLength);
}
