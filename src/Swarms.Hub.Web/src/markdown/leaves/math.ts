import { textNode } from '../harmlessDom';
import type { MathLeaf } from '../tree';

type Katex = typeof import('katex').default;

const maxLength = 4_000;
let katex: Promise<Katex> | undefined;
let loaded: Katex | undefined;

/** Draws a formula, or its source until the renderer is loaded and where the renderer does not understand it. */
export function drawMath(own: HTMLElement, leaf: MathLeaf, before: MathLeaf | undefined): void {
  if (before?.tex === leaf.tex && before.isBlock === leaf.isBlock) return;

  own.className = leaf.isBlock ? 'math block' : 'math';
  own.dir = 'ltr';
  own.dataset.tex = leaf.isBlock ? `$$${leaf.tex}$$` : `$${leaf.tex}$`;
  own.replaceChildren(textNode(leaf.tex));
  if (leaf.tex.length > maxLength) return;
  if (loaded) {
    render(loaded, own, leaf);
    return;
  }

  katex ??= load();
  void katex.then(
    renderer => {
      // Meanwhile it may have grown.
      if (own.dataset.tex === (leaf.isBlock ? `$$${leaf.tex}$$` : `$${leaf.tex}$`)) render(renderer, own, leaf);
    },
    () => {
      katex = undefined;
    },
  );
}

async function load(): Promise<Katex> {
  const [{ default: renderer }] = await Promise.all([import('katex'), import('./mathStyles')]);
  loaded = renderer;
  return renderer;
}

function render(renderer: Katex, own: HTMLElement, leaf: MathLeaf): void {
  const drawn = document.createElement('span');
  try {
    // KaTeX writes styles through the DOM here; as a string of markup they would be refused by the page's policy.
    renderer.render(leaf.tex, drawn, {
      displayMode: leaf.isBlock,
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 500,
      throwOnError: true,
    });
    // A selection takes a formula's source, because its drawing is a heap of letters.
    const source = document.createElement('span');
    source.className = 'tex';
    source.ariaHidden = 'true';
    source.textContent = own.dataset['tex'] ?? '';
    own.replaceChildren(drawn, source);
  } catch {
    own.classList.add('unreadable');
  }
}
