import { unfoldWithin } from './FarGroups';

const contextLength = 200;

/**
 * Makes a copy of a selection the text as it is shown. A long line is drawn in pieces, and the browser would put an end of line between
 * two of them. A formula is copied as its source. Returns what stops it.
 */
export function watchCopies(): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const selection = document.getSelection();
    if (selection?.rangeCount !== 1 || event.defaultPrevented) return;

    const range = selection.getRangeAt(0);
    unfoldWithin(range);
    const joins = joinsOf(range);
    const hasMaths = within(range, '.math').length > 0;
    if (joins.length === 0 && !hasMaths) return;

    // The drawing of a formula is a heap of boxes: while it is there, the browser puts ends of lines around them.
    document.documentElement.classList.toggle('copying', hasMaths);
    const text = selection.toString();
    document.documentElement.classList.remove('copying');
    event.clipboardData?.setData('text/plain', joined(text, joins));
    event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  return () => document.removeEventListener('copy', onCopy);
}

function within(range: Range, selector: string): Element[] {
  const root = range.commonAncestorContainer;
  const element = root instanceof Element ? root : root.parentElement;
  return [...(element?.querySelectorAll(selector) ?? [])].filter(found => range.intersectsNode(found));
}

interface Join {
  readonly before: string;
  readonly after: string;
}

function joinsOf(range: Range): Join[] {
  const blocks = within(range, '.block');
  const pieces = within(range, '.piece');
  return pieces.flatMap((piece, i) => {
    const next = pieces[i + 1];
    const isOneLine =
      next !== undefined &&
      !piece.classList.contains('last') &&
      blocks.indexOf(next.parentElement!) - blocks.indexOf(piece.parentElement!) === 1;
    if (!isOneLine) return [];

    const before = selectedText(range, piece).slice(-contextLength);
    const after = selectedText(range, next).slice(0, contextLength);
    return before === '' || after === '' || before.endsWith('\n') ? [] : [{ before, after }];
  });
}

function selectedText(range: Range, piece: Element): string {
  const part = document.createRange();
  part.selectNodeContents(piece);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

function joined(text: string, joins: readonly Join[]): string {
  let result = '';
  let rest = text;
  for (const { before, after } of joins) {
    const at = rest.indexOf(`${before}\n${after}`);
    if (at < 0) continue;

    result += rest.slice(0, at + before.length);
    rest = rest.slice(at + before.length + 1);
  }

  return result + rest;
}
