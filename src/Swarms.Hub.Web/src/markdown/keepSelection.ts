interface Point {
  readonly node: Node;
  readonly offset: number;
}

let isSelected = false;

// Asking for the selection lays the page out, which is too much for each of a hundred changes a second.
document.addEventListener('selectionchange', () => (isSelected = document.getSelection()?.isCollapsed === false));

/**
 * Changes what is drawn in an element, and afterwards selects the same characters again that were selected before. Only the ends of the
 * selection that lie in the element are looked at, and only if the change moved them.
 */
export function keepSelection(element: Element, change: () => void): void {
  const selection = isSelected ? document.getSelection() : null;
  if (!selection?.anchorNode || !selection.focusNode) return change();

  const anchor = { node: selection.anchorNode, offset: selection.anchorOffset };
  const focus = { node: selection.focusNode, offset: selection.focusOffset };
  const anchorAt = element.contains(anchor.node) ? charactersBefore(element, anchor) : undefined;
  const focusAt = element.contains(focus.node) ? charactersBefore(element, focus) : undefined;
  if (anchorAt === undefined && focusAt === undefined) return change();

  change();
  const isAnchorKept = anchorAt === undefined || isAt(selection.anchorNode, selection.anchorOffset, element, anchor, anchorAt);
  const isFocusKept = focusAt === undefined || isAt(selection.focusNode, selection.focusOffset, element, focus, focusAt);
  if (isAnchorKept && isFocusKept) return;

  const newAnchor = anchorAt === undefined ? anchor : pointAt(element, anchorAt);
  const newFocus = focusAt === undefined ? focus : pointAt(element, focusAt);
  selection.setBaseAndExtent(newAnchor.node, newAnchor.offset, newFocus.node, newFocus.offset);
}

function isAt(node: Node | null, offset: number, element: Element, before: Point, characters: number): boolean {
  return node === before.node && offset === before.offset && element.contains(node) && charactersBefore(element, before) === characters;
}

function charactersBefore(element: Element, { node, offset }: Point): number {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function pointAt(element: Element, characters: number): Point {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = characters;
  let last: Point = { node: element, offset: 0 };
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    if (left <= node.length) return { node, offset: left };

    left -= node.length;
    last = { node, offset: node.length };
  }

  return last;
}
