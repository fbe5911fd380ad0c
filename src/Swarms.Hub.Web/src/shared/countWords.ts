/** The start of a word, or a sign of a script that writes no spaces. */
const start = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?<![\p{L}\p{N}\p{M}'’])[\p{L}\p{N}]/gu;

/** Returns how many words begin at or after a position of the text. */
export function countWords(text: string, from = 0): number {
  // One character before it tells whether a word goes on.
  const begin = Math.max(0, from - 1);
  const part = begin === 0 && from === 0 ? text : text.slice(begin);
  let count = 0;
  for (const { index } of part.matchAll(start)) if (begin + index >= from) count++;
  return count;
}
