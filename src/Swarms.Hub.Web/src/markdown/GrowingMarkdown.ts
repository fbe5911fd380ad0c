import type { MarkdownIt, Token } from 'markdown-it';
import { FinishedBlock, type Block, type ReadPart } from './Block';
import { copied } from './copied';
import { harmless } from './harmless';
import { heal } from './heal';
import type { Definitions } from './parser';
import { toTree } from './toTree';
import { element, type Node } from './tree';

interface Group {
  readonly tokens: Token[];
  readonly firstLine: number;
}

/** A longer line is drawn as plain text: it is data, and parsing or laying it out as one paragraph would take longer than a frame. */
const maxLineLength = 10_000;
/** A block that grows beyond this is cut where it can go on as another of its kind. */
const maxBlockLength = 24_000;
const pieceLength = 2_000;

/**
 * Reads Markdown while it is written. Only the last, unfinished blocks are read again as the text grows. A block is finished once another
 * begins after it on a line that is complete: later text cannot change it then.
 */
export class GrowingMarkdown {
  readonly #parser: MarkdownIt;
  readonly #finished: FinishedBlock[] = [];
  #live: readonly Block[] = [];
  #definitions: Definitions = {};
  #text = '';
  #start = 0;
  #isInLongLine = false;
  #changedFrom = 0;
  /** The head of a table that was cut, to read its further rows by. */
  #head = '';

  // One function for all blocks: a closure for each would keep the tokens that it was made beside.
  readonly #readPart: ReadPart = (source, isFurtherPart) => draw(this.#groups(source)[0]?.tokens ?? [], isFurtherPart);

  constructor(parser: MarkdownIt) {
    this.#parser = parser;
  }

  get blocks(): readonly Block[] {
    return [...this.#finished, ...this.#live];
  }

  /** Returns the first block that may have changed since the last call. */
  takeChangedFrom(): number {
    const from = this.#changedFrom;
    this.#changedFrom = this.#finished.length;
    return from;
  }

  /** Reads the text, which begins with the last one; otherwise returns false and has changed nothing: begin anew then. */
  tryUpdate(text: string, isComplete: boolean): boolean {
    if (text.length < this.#text.length || !text.startsWith(this.#text)) return false;

    this.#text = text;
    this.#live = [];
    while (this.#readLongLine(isComplete)) {
      // There may be another one after it.
    }

    if (this.#isInLongLine) return true;

    const tail = copied(text.slice(this.#start));
    if (tail === '') return true;
    this.#read(tail);
    if (isComplete) {
      this.#live = [];
      this.#finish(copied(text.slice(this.#start)));
    }

    return true;
  }

  #read(tail: string): void {
    if (tail === '') return;

    const source = this.#head + heal(tail);
    const groups = this.#groups(source);
    const lines = lineStarts(source);
    const begin = (line: number) => Math.max(0, (lines[line] ?? source.length) - this.#head.length);
    const lastLineStart = tail.lastIndexOf('\n') + 1;
    if (tail.length > maxBlockLength && !(groups[1] && begin(groups[1].firstLine) <= maxBlockLength) && this.#cut(groups[0], tail, begin)) {
      this.#read(copied(this.#text.slice(this.#start)));
      return;
    }

    let count = groups.length - 1;
    // A line that is not complete may still turn out to be something else.
    while (count > 0 && begin(groups[count]!.firstLine) >= lastLineStart) count--;
    const end = count > 0 ? begin(groups[count]!.firstLine) : 0;
    if (end > 0) {
      this.#finish(tail.slice(0, end));
      this.#read(copied(this.#text.slice(this.#start)));
      return;
    }

    const isContinued = this.#head !== '';
    this.#live = groups.map(({ tokens }, i) => ({ nodes: draw(tokens, isContinued && i === 0), isFinished: false }));
  }

  /** Cuts a block that has grown too long, at a place that does not depend on how the text came. */
  #cut(first: Group | undefined, tail: string, begin: (line: number) => number): boolean {
    const lineEnd = tail.lastIndexOf('\n', maxBlockLength - 1) + 1;
    if (!first || lineEnd === 0) return false;

    switch (first.tokens[0]?.type) {
      case 'paragraph_open':
        this.#finish(tail.slice(0, lineEnd));
        return true;
      case 'bullet_list_open':
      case 'ordered_list_open': {
        const items = first.tokens.filter(token => token.type === 'list_item_open' && token.level === 1);
        const end = items.map(token => begin(token.map?.[0] ?? 0)).findLast(start => start <= maxBlockLength);
        if (!end) return false;

        this.#finish(tail.slice(0, end));
        return true;
      }
      case 'table_open': {
        const head = this.#head === '' ? tail.slice(begin(first.firstLine), begin(first.firstLine + 2)) : this.#head;
        this.#finish(tail.slice(0, lineEnd));
        this.#head = head;
        return true;
      }
      default:
        return false;
    }
  }

  #finish(source: string): void {
    const head = this.#head;
    const groups = this.#groups(head + source);
    const lines = lineStarts(head + source);
    this.#head = '';
    this.#start += source.length;
    groups.forEach(({ tokens, firstLine }, i) => {
      const isFurtherPart = head !== '' && i === 0;
      if (isFurtherPart && !tokens.some(token => token.type === 'tbody_open')) return;

      const own = (head + source).slice(lines[firstLine], lines[groups[i + 1]?.firstLine ?? Infinity]);
      // A note without a text does not say where it begins, and so it cannot be read by itself.
      const read = firstLine === Infinity ? undefined : this.#readPart;
      this.#finished.push(new FinishedBlock(draw(tokens, isFurtherPart), own, isFurtherPart, read));
    });
    this.#define(source);
  }

  /** Learns the definitions of a finished part, and reads those blocks again that name one of them. */
  #define(source: string): void {
    if (!source.includes(']:')) return;

    const known = this.#definitions;
    const learned = copy(known);
    this.#parser.parse(source, learned);
    const labels = [
      ...Object.keys(learned.references ?? {}).filter(label => !(label in (known.references ?? {}))),
      ...Object.keys(learned.footnotes?.refs ?? {})
        .filter(label => !(label in (known.footnotes?.refs ?? {})))
        .map(label => `^${label.slice(1)}`),
    ].map(label => `[${label.toLowerCase()}]`);
    this.#definitions = { references: learned.references ?? {}, footnotes: { refs: learned.footnotes?.refs ?? {} } };
    if (labels.length === 0) return;

    this.#finished.forEach((block, i) => {
      if (block.isFurtherPart || !block.source.includes(']')) return;

      const source = block.source.toLowerCase();
      if (!labels.some(label => source.includes(label))) return;

      this.#finished[i] = new FinishedBlock(this.#readPart(block.source, false), block.source, false, this.#readPart);
      this.#changedFrom = Math.min(this.#changedFrom, i);
    });
  }

  /** Takes a line that is too long for a paragraph, as it grows; returns whether it has ended. */
  #readLongLine(isComplete: boolean): boolean {
    const text = this.#text;
    if (!this.#isInLongLine) {
      const begin = longLine(text, this.#start);
      if (begin === undefined || this.#isInFence(begin)) return false;

      const before = copied(text.slice(this.#start, begin));
      this.#finish(before);
      this.#isInLongLine = true;
    }

    const newline = text.indexOf('\n', this.#start);
    const end = newline < 0 ? text.length : newline;
    while (end - this.#start > pieceLength)
      this.#finishPiece(this.#start + pieceLength - (isHighSurrogate(text, this.#start + pieceLength - 1) ? 1 : 0));
    if (newline < 0 && !isComplete) {
      this.#live = [{ nodes: [piece(text.slice(this.#start))], isFinished: false }];
      return false;
    }

    if (end > this.#start) this.#finishPiece(end, true);
    this.#start = newline < 0 ? end : newline + 1;
    this.#isInLongLine = false;
    return newline >= 0;
  }

  #finishPiece(end: number, isLast = false): void {
    this.#finished.push(new FinishedBlock([piece(copied(this.#text.slice(this.#start, end)), isLast)]));
    this.#start = end;
  }

  #isInFence(position: number): boolean {
    const before = this.#text.slice(this.#start, position);
    const last = this.#parser.parse(`${before}x`, copy(this.#definitions)).at(-1);
    return last?.type === 'fence' && last.content.endsWith('x');
  }

  #groups(source: string): Group[] {
    const groups: Group[] = [];
    let depth = 0;
    for (const token of this.#parser.parse(source, copy(this.#definitions))) {
      const group = groups.at(-1);
      if (depth > 0 && group) group.tokens.push(token);
      else groups.push({ tokens: [token], firstLine: -1 });

      depth += token.nesting;
    }

    // A note that has no text yet says nothing about its line: it is where nothing can be cut.
    return groups.map(({ tokens }) => ({ tokens, firstLine: tokens.find(token => token.map)?.map?.[0] ?? Infinity }));
  }
}

function copy(definitions: Definitions): Definitions {
  // A number would be an index into a list of references, which begins anew with each reading.
  const refs = Object.fromEntries(Object.keys(definitions.footnotes?.refs ?? {}).map(label => [label, -1]));
  return { references: { ...definitions.references }, footnotes: { refs } };
}

function piece(text: string, isLast = false): Node {
  return element('div', harmless(text), { class: isLast ? 'piece last' : 'piece' });
}

/** A further part of a table repeats the head for readers of screens only. */
function draw(tokens: readonly Token[], isContinued: boolean): readonly Node[] {
  const nodes = toTree(tokens);
  if (!isContinued) return nodes;

  return nodes.map(node => (typeof node === 'string' || node.tag !== 'table' ? node : { ...node, attributes: { class: 'continued' } }));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function longLine(text: string, start: number): number | undefined {
  for (let begin = start; begin < text.length;) {
    const newline = text.indexOf('\n', begin);
    const end = newline < 0 ? text.length : newline;
    if (end - begin > maxLineLength) return begin;
    if (newline < 0) return undefined;

    begin = newline + 1;
  }

  return undefined;
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}
