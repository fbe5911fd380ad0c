import type { FarGroups } from './FarGroups';
import type { Block } from './Block';
import { keepSelection } from './keepSelection';
import { drawLeaf } from './leaves/drawLeaf';
import type { Attributes, Element, Leaf, Node } from './tree';

const attributesOf = new WeakMap<globalThis.Element, Attributes | undefined>();
const leafOf = new WeakMap<globalThis.Element, Leaf>();
const drawnOf = new WeakMap<globalThis.Element, Block>();

/** So many blocks are laid out together or not at all. Each by itself would cost more to watch than to lay out. */
const groupSize = 16;

/** Makes `container` show the blocks, in groups. Those before `from` are shown already. A block that has not changed is not touched. */
export function drawBlocks(container: HTMLElement, blocks: readonly Block[], from: number, far: FarGroups): void {
  for (let first = from - (from % groupSize); first < blocks.length; first += groupSize) {
    const group = childAt(container, first / groupSize, 'group');
    drawGroup(group, blocks.slice(first, first + groupSize), far);
  }

  trim(container, Math.ceil(blocks.length / groupSize));
}

function drawGroup(group: HTMLElement, blocks: readonly Block[], far: FarGroups): void {
  if (far.isFolded(group, blocks)) return;

  for (const [i, block] of blocks.entries()) {
    const own = childAt(group, i, 'block');
    if (drawnOf.get(own) === block) continue;

    keepSelection(own, () => patch(own, block.nodes, block.isFinished));
    drawnOf.set(own, block);
  }

  trim(group, blocks.length);
  const isFinished = blocks.length === groupSize && blocks.every(block => block.isFinished);
  if (isFinished !== group.classList.contains('finished')) group.classList.toggle('finished', isFinished);
  if (isFinished) far.watch(group, blocks, () => drawGroup(group, blocks, far));
}

function childAt(parent: globalThis.Element, index: number, className: string): HTMLElement {
  const existing = parent.children[index];
  if (existing instanceof HTMLElement) return existing;

  const child = document.createElement('div');
  child.className = className;
  return parent.appendChild(child);
}

function trim(parent: globalThis.Element, count: number): void {
  while (parent.children.length > count) parent.lastElementChild?.remove();
}

/** Changes only what differs, and adds to a text that only grew: what somebody selected stays selected. */
export function patch(parent: globalThis.Element, nodes: readonly Node[], isFinished: boolean): void {
  let at = parent.firstChild;
  for (const node of nodes) {
    const next = at?.nextSibling ?? null;
    if (typeof node === 'string') {
      if (at instanceof Text) changeText(at, node);
      else replaceOrAdd(parent, at, document.createTextNode(node));
    } else if (at instanceof HTMLElement && fits(at, node)) change(at, node, isFinished);
    else replaceOrAdd(parent, at, create(node, isFinished));

    at = next;
  }

  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function replaceOrAdd(parent: globalThis.Element, existing: ChildNode | null, node: globalThis.Node): void {
  if (existing) existing.replaceWith(node);
  else parent.appendChild(node);
}

function changeText(node: Text, text: string): void {
  const { data } = node;
  if (data === text) return;

  let same = 0;
  if (text.startsWith(data)) same = data.length;
  else while (data.charCodeAt(same) === text.charCodeAt(same)) same++;

  // Setting `data` would move every selection's end in it to its start.
  if (same < data.length) node.deleteData(same, data.length - same);
  if (same < text.length) node.appendData(text.slice(same));
}

function fits(existing: HTMLElement, node: Element): boolean {
  return (
    existing.localName === node.tag &&
    leafOf.get(existing)?.kind === node.leaf?.kind &&
    sameAttributes(attributesOf.get(existing), node.attributes)
  );
}

function create(node: Element, isFinished: boolean): HTMLElement {
  const own = document.createElement(node.tag);
  attributesOf.set(own, node.attributes);
  for (const [name, value] of Object.entries(node.attributes ?? {})) own.setAttribute(name, value);
  if (node.tag === 'a') {
    own.setAttribute('target', '_blank');
    own.setAttribute('rel', 'noopener noreferrer nofollow');
  }

  // A wide one is moved sideways, by the keyboard too.
  if (node.tag === 'table') own.tabIndex = 0;
  change(own, node, isFinished);
  return own;
}

function change(own: HTMLElement, node: Element, isFinished: boolean): void {
  if (!node.leaf) {
    patch(own, node.children, isFinished);
    return;
  }

  drawLeaf(own, node.leaf, leafOf.get(own), isFinished);
  leafOf.set(own, node.leaf);
}

function sameAttributes(one: Attributes | undefined, other: Attributes | undefined): boolean {
  if (one === other) return true;

  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]) as Set<keyof Attributes>;
  return [...names].every(name => one?.[name] === other?.[name]);
}
