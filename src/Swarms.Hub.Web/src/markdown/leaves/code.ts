import { copyText } from '../copyText';
import { drawDiagram } from './diagram';
import { harmless } from '../harmless';
import { textNode } from '../harmlessDom';
import { keepSelection } from '../keepSelection';
import type { CodeLeaf } from '../tree';
import { say } from '../words';

/** So many lines, or so many characters of a long line, are laid out together; what is out of sight is not laid out at all. */
const linesPerPart = 60;
const maxPartLength = 8_000;
const maxHighlightedLength = 100_000;

interface Drawn {
  readonly body: HTMLElement;
  readonly name: HTMLElement;
  /** The start of the last part. */
  lastStart: number;
  text: string;
  language: string;
  isHighlighted: boolean;
}

const drawnOf = new WeakMap<HTMLElement, Drawn>();

/** Draws a code block: its language, a button that copies its source, and its text, highlighted once it is finished. */
export function drawCode(own: HTMLElement, leaf: CodeLeaf, before: CodeLeaf | undefined, isFinished: boolean): void {
  const drawn = drawnOf.get(own) ?? create(own);
  if (before?.language !== leaf.language || before.text !== leaf.text) {
    drawn.name.textContent = leaf.language;
    drawn.language = leaf.language;
    if (!drawn.isHighlighted && leaf.text.startsWith(drawn.text)) grow(drawn, leaf.text);
    else {
      drawn.body.replaceChildren();
      drawn.isHighlighted = false;
      drawn.text = '';
      drawn.lastStart = 0;
      grow(drawn, leaf.text);
    }
  }

  if (!isFinished || drawn.isHighlighted || leaf.language === '' || leaf.text.length > maxHighlightedLength) return;

  drawn.isHighlighted = true;
  if (leaf.language === 'mermaid') drawDiagram(own, leaf.text);
  else void highlight(drawn, leaf);
}

function create(own: HTMLElement): Drawn {
  own.className = 'code';
  const caption = document.createElement('figcaption');
  const name = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = say('copy.copy');
  button.setAttribute('aria-label', say('text.copyCode'));
  const body = document.createElement('code');
  const pre = document.createElement('pre');
  pre.dir = 'ltr';
  pre.tabIndex = 0;
  pre.append(body);
  caption.append(name, button);
  own.replaceChildren(caption, pre);
  const drawn: Drawn = { body, name, lastStart: 0, text: '', language: '', isHighlighted: false };
  drawnOf.set(own, drawn);
  button.addEventListener('click', () => {
    void copyText(drawn.text).then(() => {
      button.textContent = say('copy.copied');
      setTimeout(() => (button.textContent = say('copy.copy')), 2000);
    });
  });
  return drawn;
}

/** Adds to the last part, and begins further ones as it is full. */
function grow(drawn: Drawn, text: string): void {
  drawn.text = text;
  let last = drawn.body.lastElementChild;
  for (let start = drawn.lastStart; ;) {
    const end = partEnd(text, start);
    const part = text.slice(start, end);
    last ??= drawn.body.appendChild(newPart());
    const only = last.firstChild;
    if (only instanceof Text && last.childNodes.length === 1 && part.startsWith(only.data) && harmless(part).length === 1)
      only.appendData(part.slice(only.length));
    else last.replaceChildren(textNode(part));

    drawn.lastStart = start;
    if (end >= text.length) return;

    start = end;
    last = null;
  }
}

function newPart(): HTMLElement {
  const part = document.createElement('span');
  part.className = 'part';
  return part;
}

function partEnd(text: string, start: number): number {
  let end = start;
  for (let lines = 0; lines < linesPerPart; lines++) {
    const newline = text.indexOf('\n', end);
    const next = newline < 0 ? text.length : newline + 1;
    if (next - start > maxPartLength) return Math.max(end, Math.min(next, start + maxPartLength));
    if (newline < 0) return text.length;

    end = next;
  }

  return end;
}

async function highlight(drawn: Drawn, leaf: CodeLeaf): Promise<void> {
  const { highlightedParts } = await import('./highlight');
  const runs = highlightedParts(leaf.language, leaf.text);
  if (!runs || drawn.text !== leaf.text) return;

  let at = 0;
  let run = 0;
  for (const part of [...drawn.body.children]) {
    const end = at + part.textContent.length;
    const fragment = document.createDocumentFragment();
    while (at < end && run < runs.length) {
      const { classes, text } = runs[run]!;
      const piece = text.slice(0, end - at);
      const nodes = textNode(piece);
      if (classes === '') fragment.append(nodes);
      else {
        const span = document.createElement('span');
        span.className = classes;
        span.append(nodes);
        fragment.append(span);
      }

      at += piece.length;
      if (piece.length < text.length) runs[run] = { classes, text: text.slice(piece.length) };
      else run++;
    }

    keepSelection(part, () => part.replaceChildren(fragment));
  }
}
