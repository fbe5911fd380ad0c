import { addInline } from './inline.js';

const fence = /^ {0,3}(`{3,}|~{3,})/;
const item = /^( *)(?:[-*+]|\d{1,9}[.)])( +|$)/;
const deepest = 6;

/** Cuts a text into blocks that are drawn one by one: what stands between empty lines, and a fenced piece of code as a whole. */
export function toBlocks(text: string): string[] {
  const blocks: string[][] = [];
  let open: string | undefined;
  let isNew = true;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open === undefined && line.trim() === '') {
      isNew = true;
      continue;
    }

    const isContinued = !isNew && !(open === undefined && mark !== undefined);
    const isOfList = isNew && /^ {2,}/.test(line) && item.test(blocks.at(-1)?.[0] ?? '');
    if (isContinued) blocks.at(-1)!.push(line);
    else if (isOfList) blocks.at(-1)!.push('', line);
    else blocks.push([line]);

    isNew = false;
    if (open === undefined && mark !== undefined) open = mark;
    else if (open !== undefined && mark?.startsWith(open) && line.trim() === mark) {
      open = undefined;
      isNew = true;
    }
  }

  return blocks.map(lines => lines.join('\n'));
}

/** Draws one block. The elements have no attributes but those that this file gives them. */
export function drawBlock(block: string, depth = 0): Element {
  const lines = block.split('\n');
  const first = lines[0]!;
  if (fence.test(first)) return drawCode(lines);

  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(first);
  if (heading && lines.length === 1) return addText(`h${Math.min(6, heading[1]!.length + 2)}`, heading[2]!);

  if (/^ {0,3}([-*_])( *\1){2,}\s*$/.test(first) && lines.length === 1) return document.createElement('hr');

  if (depth < deepest && lines.every(line => line.startsWith('>'))) {
    const quote = document.createElement('blockquote');
    drawInto(quote, lines.map(line => line.replace(/^> ?/, '')).join('\n'), depth + 1);
    return quote;
  }

  if (depth < deepest && item.test(first)) return drawList(lines, depth);

  if (lines.length > 1 && first.includes('|') && /^[\s|:-]+$/.test(lines[1]!) && lines[1]!.includes('-')) return drawTable(lines);

  // A heading that text follows at once is a block of its own to people.
  if (heading) {
    const both = document.createElement('div');
    both.append(drawBlock(first), drawBlock(lines.slice(1).join('\n'), depth));
    return both;
  }

  return addText('p', block);
}

/** Draws a whole text into an element. */
export function drawInto(parent: Element, text: string, depth = 0): void {
  for (const block of toBlocks(text)) parent.append(drawBlock(block, depth));
}

function addText(name: string, text: string): Element {
  const element = document.createElement(name);
  element.setAttribute('dir', 'auto');
  addInline(element, text);
  return element;
}

function drawCode(lines: readonly string[]): Element {
  const isClosed = lines.length > 1 && fence.test(lines.at(-1)!);
  const pre = document.createElement('pre');
  const code = document.createElement('code');
  code.textContent = lines.slice(1, isClosed ? -1 : undefined).join('\n');
  // A long line is scrolled by keys as well.
  pre.tabIndex = 0;
  pre.append(code);
  return pre;
}

function drawList(lines: readonly string[], depth: number): Element {
  const list = document.createElement(/^ *\d/.test(lines[0]!) ? 'ol' : 'ul');
  const indent = item.exec(lines[0]!)![1]!.length;
  const items: string[][] = [];
  for (const line of lines) {
    const found = item.exec(line);
    if (found && found[1]!.length <= indent + 1) items.push([line.slice(found[0].length)]);
    else items.at(-1)!.push(line.replace(/^ {1,4}/, ''));
  }

  if (list instanceof HTMLOListElement) list.start = Number(/\d+/.exec(lines[0]!)![0]);
  for (const content of items) {
    const entry = document.createElement('li');
    entry.setAttribute('dir', 'auto');
    const [head = '', ...rest] = content;
    addInline(entry, head);
    // Lines behind the first may begin a list of their own.
    const start = rest.findIndex(line => item.test(line) || fence.test(line));
    const words = rest.slice(0, start < 0 ? undefined : start).join('\n');
    if (words.trim() !== '') addInline(entry, `\n${words}`);
    if (start >= 0) drawInto(entry, rest.slice(start).join('\n'), depth + 1);
    list.append(entry);
  }

  return list;
}

function drawTable(lines: readonly string[]): Element {
  const table = document.createElement('table');
  lines.forEach((line, index) => {
    if (index === 1) return;

    const row = document.createElement('tr');
    for (const cell of line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|'))
      row.append(addText(index === 0 ? 'th' : 'td', cell.trim()));
    table.append(row);
  });
  const frame = document.createElement('div');
  frame.className = 'table';
  frame.tabIndex = 0;
  frame.append(table);
  return frame;
}
