import remend from 'remend';

/** Signs at the very end that say nothing yet: what they open has no text, or they close only in part. They appear with what follows. */
const waitingSigns = [
  /(?<=^|[\s([{"'“‘「])(?:\*{1,3}|_{1,3}|~{1,2}|`{1,2})$/,
  /(?<=^|\n) {0,3}(?:`{1,2}|~{1,2}|-{1,2}|=+|#{1,6} ?)$/,
  /(?<=^|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$/,
  /(?<=(?:^|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)]) )\[[ xX]?$/,
  /\[\^[^\]\s]*$/,
  /!\[[^\]\n]*(?:\]\([^)\n]*)?$/,
];
/** They are short: a text of nothing but brackets is not searched for them again and again. */
const maxSignLength = 400;
const openBracketFormula = /(?:^|\n)[ \t]*\\\[(?:(?!\\\])[^])*$/;
const openInlineFormula = /\\\((?:(?!\\\))[^\n])*$/;
const tableRow = /^ {0,3}\|.*$/;
const separatorBegun = /^ {0,3}\|?[ :|-]*-[ :|-]*$/;

/** Closes what is open at the end of a text that is still written, so that it looks as it will. */
export function heal(text: string): string {
  const fence = openFence(text);
  if (fence !== undefined) {
    // The first signs of its closing line are no code.
    const line = text.lastIndexOf('\n') + 1;
    const last = text.slice(line).trim();
    return last !== '' && fence.startsWith(last) && last.length < fence.length ? text.slice(0, line) : text;
  }

  const end = Math.max(0, text.length - maxSignLength);
  const shown = text.slice(0, end) + waitingSigns.reduce((rest, sign) => rest.replace(sign, ''), text.slice(end));
  const table = withTableHead(shown);
  if (table !== undefined) return table;
  if (openBracketFormula.test(shown)) return `${shown}\n\\]`;
  if (openInlineFormula.test(shown)) return `${shown}\\)`;

  return remend(shown, {
    htmlTags: false,
    comparisonOperators: false,
    singleTilde: false,
    setextHeadings: false,
    images: false,
    linkMode: 'text-only',
  });
}

/** Returns the signs that opened a code block which is not closed. */
function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, signs = '', rest = ''] of text.matchAll(/^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)$/gm)) {
    if (open === undefined) open = signs.startsWith('`') && rest.includes('`') ? undefined : signs;
    else if (signs.startsWith(open.charAt(0)) && signs.length >= open.length && rest.trim() === '') open = undefined;
  }

  return open;
}

/** A line that begins with a bar is shown as the head of a table from its first cell on. */
function withTableHead(text: string): string | undefined {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  const before = lines.at(-2) ?? '';
  const isFirst = (index: number) => (lines.at(index) ?? '').trim() === '';
  if (tableRow.test(before) && separatorBegun.test(last) && isFirst(-3)) return [...lines.slice(0, -1), separator(before)].join('\n');
  if (tableRow.test(before) && last === '' && isFirst(-3)) return text + separator(before);
  if (tableRow.test(last) && last.trim() !== '|' && isFirst(-2)) return `${text}\n${separator(last)}`;

  return undefined;
}

function separator(head: string): string {
  const cells = head.replace(/\\\|/g, '').trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return `|${cells.map(() => '---|').join('')}`;
}
