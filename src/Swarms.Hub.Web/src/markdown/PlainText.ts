import { copied } from './copied';
import { harmless } from './harmless';
import type { Block } from './Block';
import { element } from './tree';

const minPieceLength = 2_000;
const maxPieceLength = 4_000;

/**
 * A text as it was written, in pieces that end at a line's end, or between words if a line is long. A cut is made only where later text
 * cannot move it, so a growing text changes its last piece alone.
 */
export class PlainText {
  readonly #finished: Block[] = [];
  #live: readonly Block[] = [];
  #text = '';
  #start = 0;
  #changedFrom = 0;

  get blocks(): readonly Block[] {
    return [...this.#finished, ...this.#live];
  }

  takeChangedFrom(): number {
    const from = this.#changedFrom;
    this.#changedFrom = this.#finished.length;
    return from;
  }

  tryUpdate(text: string, isComplete: boolean): boolean {
    if (text.length < this.#text.length || !text.startsWith(this.#text)) return false;

    this.#text = text;
    while (text.length - this.#start > maxPieceLength) {
      const end =
        cutAfter('\n', text, this.#start) ?? cutAfter(' ', text, this.#start) ?? beforeHalfCharacter(text, this.#start + maxPieceLength);
      this.#finished.push(piece(copied(text.slice(this.#start, end)), true));
      this.#start = end;
    }

    const rest = text.slice(this.#start);
    this.#live = rest === '' ? [] : [piece(rest, isComplete)];
    return true;
  }
}

function piece(text: string, isFinished: boolean): Block {
  return { nodes: [element('div', harmless(text), { class: 'piece' })], isFinished };
}

function cutAfter(character: string, text: string, start: number): number | undefined {
  const end = text.lastIndexOf(character, start + maxPieceLength - 1) + 1;
  return end - start >= minPieceLength ? end : undefined;
}

function beforeHalfCharacter(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
