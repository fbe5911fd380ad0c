import type { Block } from './Block';
import { textOf } from './tree';

/** Groups this far from the window are folded: a reader who scrolls fast meets them drawn. */
const margin = '3000px 0px';

interface Watched {
  readonly blocks: readonly Block[];
  readonly draw: () => void;
  isFolded: boolean;
}

const folded = new Map<HTMLElement, FarGroups>();

addEventListener('beforeprint', () => unfoldAll(() => true));

/** Draws again what is folded within a selection. */
export function unfoldWithin(range: Range): void {
  unfoldAll(group => range.intersectsNode(group));
}

function unfoldAll(isMeant: (group: HTMLElement) => boolean): void {
  for (const [group, groups] of folded) if (isMeant(group)) groups.unfold(group);
}

/**
 * The finished groups of one text. Far from the window a group keeps its height and its text, which a search finds, and nothing else: so
 * a text that grows for hours costs no more than what is near. What somebody selected or works in is not folded.
 */
export class FarGroups {
  readonly #container: HTMLElement;
  readonly #watched = new Map<Element, Watched>();
  #observer: IntersectionObserver | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Whether the group is folded and holds these blocks. One that holds others is unfolded, to be drawn. */
  isFolded(group: HTMLElement, blocks: readonly Block[]): boolean {
    const watched = this.#watched.get(group);
    if (!watched?.isFolded) return false;
    if (watched.blocks.every((block, i) => block === blocks[i])) return true;

    this.#open(group, watched);
    return false;
  }

  /** Folds the group whenever it is far; `draw` fills it again. */
  watch(group: HTMLElement, blocks: readonly Block[], draw: () => void): void {
    const isNew = !this.#watched.has(group);
    this.#watched.set(group, { blocks, draw, isFolded: false });
    if (isNew) this.#observe(group);
  }

  unfold(group: HTMLElement): void {
    const watched = this.#watched.get(group);
    if (!watched?.isFolded) return;

    this.#open(group, watched);
    watched.draw();
  }

  dispose(): void {
    this.#observer?.disconnect();
    for (const [group, groups] of folded) if (groups === this) folded.delete(group);
    this.#watched.clear();
  }

  #observe(group: HTMLElement): void {
    this.#observer ??= new IntersectionObserver(
      entries => {
        for (const { target, isIntersecting, boundingClientRect } of entries) {
          if (isIntersecting) this.unfold(target as HTMLElement);
          else this.#fold(target as HTMLElement, boundingClientRect.height);
        }
      },
      { root: this.#container.closest('.runs'), rootMargin: margin },
    );
    this.#observer.observe(group);
  }

  #fold(group: HTMLElement, height: number): void {
    const watched = this.#watched.get(group);
    // A card that is collapsed has no height to keep.
    if (!watched || watched.isFolded || height === 0 || isInUse(group)) return;

    watched.isFolded = true;
    folded.set(group, this);
    group.classList.add('folded');
    group.style.height = `${height}px`;
    group.replaceChildren(watched.blocks.map(block => textOf(block.nodes)).join(''));
    for (const block of watched.blocks) block.release?.();
  }

  #open(group: HTMLElement, watched: Watched): void {
    watched.isFolded = false;
    folded.delete(group);
    group.classList.remove('folded');
    group.removeAttribute('style');
    group.replaceChildren();
  }
}

/** Whether it holds the focus, a selection, or what was loaded because somebody asked for it. */
function isInUse(group: HTMLElement): boolean {
  const selection = document.getSelection();
  return (
    group.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(group, true)) ||
    group.querySelector('img, iframe') !== null
  );
}
