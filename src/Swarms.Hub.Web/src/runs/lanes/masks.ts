import type { RunMask } from 'swarms-hub-client';

/** A block stands for each unit that a host masked. */
const block = '█';

/** The text with blocks where passages of it were masked. */
export function withMasks(text: string, masks: readonly RunMask[] | undefined): string {
  if (!masks) return text;

  let shown = '';
  let end = 0;
  for (const { at, length } of masks) {
    shown += text.slice(end, at) + block.repeat(length);
    end = at;
  }

  return shown + text.slice(end);
}
