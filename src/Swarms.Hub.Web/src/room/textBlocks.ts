const minBlockLength = 2_000;
const maxBlockLength = 4_000;

/**
 * Cuts a text into blocks, at line ends, else between words. A block is only cut when enough text follows to know that the
 * cut will stay, so a growing text changes its last block alone and the browser lays out nothing else again. Where a text
 * has no line end for thousands of characters, a line breaks early at the cut: better than a page that stutters.
 */
export function textBlocks(text: string): string[] {
  const blocks: string[] = [];
  let start = 0;
  while (text.length - start > maxBlockLength) {
    const end = cutAfter('\n', text, start) ?? cutAfter(' ', text, start) ?? beforeHalfCharacter(text, start + maxBlockLength);
    blocks.push(text.slice(start, end));
    start = end;
  }

  blocks.push(text.slice(start));
  return blocks;
}

function cutAfter(character: string, text: string, start: number): number | undefined {
  const end = text.lastIndexOf(character, start + maxBlockLength - 1) + 1;
  return end - start >= minBlockLength ? end : undefined;
}

function beforeHalfCharacter(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
