import type { MarkdownIt } from 'markdown-it';

/**
 * Maths as models write it: `$…$` and `\(…\)` within a line, `$$…$$` and `\[…\]` as a block or within a line. A single `$` opens only
 * before something other than a space, and closes only after such and before something other than a digit, so that money stays money.
 */
export function mathRules(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'math', (state, isSilent) => {
    const found = readInline(state.src, state.pos, state.posMax);
    if (!found) return false;

    if (!isSilent) {
      const token = state.push('math', '', 0);
      token.content = found.tex;
      token.markup = found.isBlock ? 'block' : 'inline';
    }

    state.pos = found.end;
    return true;
  });
  md.block.ruler.before(
    'fence',
    'math_block',
    (state, startLine, endLine, isSilent) => {
      const begin = state.bMarks[startLine]! + state.tShift[startLine]!;
      const opening = state.src.slice(begin, begin + 2);
      const closing = opening === '$$' ? '$$' : opening === '\\[' ? '\\]' : undefined;
      if (closing === undefined || state.sCount[startLine]! - state.blkIndent >= 4) return false;

      for (let line = startLine; line < endLine; line++) {
        const from = line === startLine ? begin + 2 : state.bMarks[line]!;
        // Text below the block's own indent belongs to what is around it, and a blank line ends maths that was never closed.
        if (line > startLine && (state.isEmpty(line) || state.sCount[line]! < state.blkIndent)) return false;

        const end = state.src.indexOf(closing, from);
        if (end < 0 || end > state.eMarks[line]!) continue;
        if (state.src.slice(end + 2, state.eMarks[line]).trim() !== '') return false;
        if (isSilent) return true;

        const token = state.push('math_block', '', 0);
        token.content = [
          state.src.slice(begin + 2, line === startLine ? end : state.eMarks[startLine]),
          ...(line === startLine
            ? []
            : [state.getLines(startLine + 1, line, state.blkIndent, true) + state.src.slice(state.bMarks[line], end)]),
        ]
          .join('\n')
          .trim();
        token.map = [startLine, line + 1];
        state.line = line + 1;
        return true;
      }

      return false;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}

const looksLikeMaths = /[\\^_=+<>]|\d\s*[-*/]\s*\d/;

interface InlineMath {
  readonly tex: string;
  readonly end: number;
  readonly isBlock: boolean;
}

function readInline(text: string, start: number, max: number): InlineMath | undefined {
  const first = text[start];
  const second = text[start + 1];
  if (first === '\\' && (second === '(' || second === '[')) {
    const end = text.indexOf(second === '(' ? '\\)' : '\\]', start + 2);
    const found = between(text, start + 2, end, max, second === '[');
    // `array\[0\]` is an escaped bracket.
    return found && second === '[' && !looksLikeMaths.test(found.tex) ? undefined : found;
  }

  if (first !== '$') return undefined;
  if (second === '$') return between(text, start + 2, text.indexOf('$$', start + 2), max, true);
  if (second === undefined || /\s/.test(second) || start + 1 >= max) return undefined;

  const end = closingDollar(text, start + 1, max);
  return end === undefined ? undefined : { tex: text.slice(start + 1, end), end: end + 1, isBlock: false };
}

function between(text: string, from: number, end: number, max: number, isBlock: boolean): InlineMath | undefined {
  if (end < 0 || end + 2 > max || text.slice(from, end).trim() === '') return undefined;

  return { tex: text.slice(from, end).trim(), end: end + 2, isBlock };
}

function closingDollar(text: string, from: number, max: number): number | undefined {
  for (let end = text.indexOf('$', from); end >= 0 && end < max; end = text.indexOf('$', end + 1)) {
    if (text[end - 1] === '\\') continue;

    const after = end + 1 < max ? text[end + 1]! : '';
    return /\s/.test(text[end - 1]!) || /[0-9$]/.test(after) ? undefined : end;
  }

  return undefined;
}
