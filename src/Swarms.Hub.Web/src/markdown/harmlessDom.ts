import { harmless } from './harmless';

/** Returns a text as DOM nodes in which no character acts on what stands around it. */
export function textNode(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const node of harmless(text)) {
    if (typeof node === 'string') {
      fragment.append(node);
      continue;
    }

    const own = document.createElement(node.tag);
    for (const [name, value] of Object.entries(node.attributes ?? {})) own.setAttribute(name, value);
    own.append(...node.children.map(child => (typeof child === 'string' ? child : '')));
    fragment.append(own);
  }

  return fragment;
}
