import type { Node } from './tree';

/** A part of the text that is drawn by itself: one paragraph, list, table or code block. */
export interface Block {
  readonly nodes: readonly Node[];
  /** Nothing that follows changes it, except a definition that it names: then there is a new object in its place. */
  readonly isFinished: boolean;
  /** Forgets the nodes until they are asked for again. */
  release?(): void;
}

/** Reads the nodes of a finished part by itself. */
export type ReadPart = (source: string, isFurtherPart: boolean) => readonly Node[];

/** A block that can be forgotten, and is read again from its own source. */
export class FinishedBlock implements Block {
  readonly isFinished = true;
  readonly source: string;
  /** A part of a table that was cut; no later definition changes it. */
  readonly isFurtherPart: boolean;
  readonly #read: ReadPart | undefined;
  #nodes: readonly Node[] | undefined;

  /** `read` is left out where the nodes cannot be read again. */
  constructor(nodes: readonly Node[], source = '', isFurtherPart = false, read?: ReadPart) {
    this.source = source;
    this.isFurtherPart = isFurtherPart;
    this.#nodes = nodes;
    this.#read = read;
  }

  get nodes(): readonly Node[] {
    return (this.#nodes ??= this.#read?.(this.source, this.isFurtherPart) ?? []);
  }

  release(): void {
    if (this.#read) this.#nodes = undefined;
  }
}
