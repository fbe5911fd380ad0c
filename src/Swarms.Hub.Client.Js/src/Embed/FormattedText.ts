import { drawBlock, toBlocks } from './blocks.js';

/** A text that grows, drawn as formatted text. Only blocks that changed are drawn again, so what somebody selects above stays selected. */
export class FormattedText {
  readonly element = document.createElement('div');
  #blocks: string[] = [];

  show(text: string): void {
    const blocks = toBlocks(text);
    let same = 0;
    while (same < blocks.length && blocks[same] === this.#blocks[same]) same++;

    while (this.element.childElementCount > same) this.element.lastElementChild!.remove();

    this.element.append(...blocks.slice(same).map(block => drawBlock(block)));
    this.#blocks = blocks;
  }
}
