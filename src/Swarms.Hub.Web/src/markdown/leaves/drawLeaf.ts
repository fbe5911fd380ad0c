import { drawCode } from './code';
import { drawImage } from './image';
import { drawMath } from './math';
import type { Leaf } from '../tree';

/** Draws what is more than text: code, maths and pictures. Called again as it grows; `before` is what was drawn last. */
export function drawLeaf(own: HTMLElement, leaf: Leaf, before: Leaf | undefined, isFinished: boolean): void {
  switch (leaf.kind) {
    case 'code':
      drawCode(own, leaf, before?.kind === 'code' ? before : undefined, isFinished);
      break;
    case 'math':
      drawMath(own, leaf, before?.kind === 'math' ? before : undefined);
      break;
    case 'image':
      drawImage(own, leaf, before?.kind === 'image' ? before : undefined);
      break;
  }
}
