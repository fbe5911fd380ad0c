const minBlockLength = 2_000;
const maxBlockLength = 4_000;

/**
 * Cuts a text into blocks at line ends, or between words if a block has none. A cut is made only when later text cannot
 * move it. A growing text therefore changes only its last block, and the browser lays out nothing else again.
 * A line of thousands of characters breaks early at a cut, which is better than a page that stutters.
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
