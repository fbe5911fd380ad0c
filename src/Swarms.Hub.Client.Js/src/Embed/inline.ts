const punctuation = /[!-/:-@[-`{-~]/;
/** Longer emphasis is none: nobody looks for the end of a text that only begins. */
const longestSpan = 2_000;
const deepest = 6;
const elements: Readonly<Record<string, string>> = { '**': 'strong', __: 'strong', '*': 'em', _: 'em', '~~': 'del' };

/**
 * Adds a line of Markdown to an element: code, emphasis, and links to web pages. Everything else stays the text that it is, and no text
 * becomes markup of its own.
 */
export function addInline(parent: Element, text: string, depth = 0): void {
  let plain = '';
  const flush = () => {
    if (plain !== '') parent.append(plain);
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    const span = depth < deepest ? spanAt(text, at, depth) : undefined;
    if (span) {
      flush();
      parent.append(span.node);
      at = span.end;
    } else {
      const isEscape = text[at] === '\\' && punctuation.test(text[at + 1] ?? '');
      plain += isEscape ? text[at + 1] : text[at];
      at += isEscape ? 2 : 1;
    }
  }

  flush();
}

interface Span {
  readonly node: Element;
  readonly end: number;
}

function spanAt(text: string, at: number, depth: number): Span | undefined {
  switch (text[at]) {
    case '`':
      return codeAt(text, at);
    case '*':
    case '_':
    case '~':
      return emphasisAt(text, at, depth);
    case '[':
      return linkAt(text, at, depth);
    default:
      return undefined;
  }
}

function codeAt(text: string, at: number): Span | undefined {
  const mark = /^`{1,3}/.exec(text.slice(at, at + 3))![0];
  const end = find(text, mark, at + mark.length);
  if (end === undefined) return undefined;

  const node = document.createElement('code');
  node.textContent = text.slice(at + mark.length, end);
  return { node, end: end + mark.length };
}

function emphasisAt(text: string, at: number, depth: number): Span | undefined {
  const two = text.slice(at, at + 2);
  const mark = two in elements ? two : text[at]!;
  const name = elements[mark];
  const start = at + mark.length;
  if (name === undefined || /\s|^$/.test(text[start] ?? '')) return undefined;

  // A name_with_underscores is none of it.
  if (mark.startsWith('_') && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return undefined;

  let end = find(text, mark, start + 1);
  while (end !== undefined && /\s/.test(text[end - 1]!)) end = find(text, mark, end + 1);
  if (end === undefined || end - start > longestSpan) return undefined;

  const node = document.createElement(name);
  addInline(node, text.slice(start, end), depth + 1);
  return { node, end: end + mark.length };
}

function linkAt(text: string, at: number, depth: number): Span | undefined {
  const middle = find(text, '](', at + 1);
  const end = middle === undefined ? undefined : find(text, ')', middle + 2);
  if (middle === undefined || end === undefined) return undefined;

  const address = text.slice(middle + 2, end);
  if (!/^https?:\/\/[^\s"'<>]+$/.test(address)) return undefined;

  const node = document.createElement('a');
  node.href = address;
  node.target = '_blank';
  node.rel = 'noopener noreferrer nofollow';
  addInline(node, text.slice(at + 1, middle), depth + 1);
  return { node, end: end + 1 };
}

function find(text: string, mark: string, from: number): number | undefined {
  const at = text.slice(from, from + longestSpan).indexOf(mark);
  return at < 0 ? undefined : from + at;
}
