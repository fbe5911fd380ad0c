import { describe, expect, test } from 'vitest';
import type { Element, Node } from '../../src/markdown/tree';
import corpus from './hostile.json';
import { reader } from './show';

// A file of JSON cannot hold half of a character.
const hostile = [...corpus, '\ud800 lone half'];

const safeHref = /^(?:https?:\/\/[^@/]+(?:[/?#]|$)|mailto:)/;
const classes = /^(?:h[1-6]|left|center|right|piece|last|control|pile|note|note-ref|note-mark|task-box|dead-link|continued)(?: last)?$/;
const attributeNames = new Set(['class', 'dir', 'href', 'start', 'data-host', 'data-mark', 'data-note']);

describe.each(['run', 'message'] as const)('Hostile text in a %s', form => {
  test.each(hostile)('%j', text => {
    for (const length of [1, 5, text.length + 1]) {
      const markdown = reader(form);
      for (let end = length; end < text.length; end += length) {
        markdown.tryUpdate(text.slice(0, end), false);
        for (const element of elements(markdown.blocks.flatMap(block => block.nodes))) isHarmless(element);
      }
      markdown.tryUpdate(text, true);
      for (const element of elements(markdown.blocks.flatMap(block => block.nodes))) isHarmless(element);
    }
  });
});

test('The corpus is as large as it says', () => {
  expect(new Set(hostile).size).toBeGreaterThanOrEqual(120);
});

function elements(nodes: readonly Node[]): Element[] {
  return nodes.flatMap(node => (typeof node === 'string' ? [] : [node, ...elements(node.children)]));
}

/** The type of a tag already says which there may be. */
function isHarmless({ tag, attributes = {}, children, leaf }: Element): void {
  for (const name of Object.keys(attributes)) expect(attributeNames).toContain(name);
  if (attributes.class !== undefined) expect(attributes.class).toMatch(classes);
  if (attributes.href !== undefined) expect(attributes.href).toMatch(safeHref);
  if (tag === 'a') expect(attributes.href).toBeDefined();
  if (leaf?.kind === 'image') expect(leaf.url).toMatch(/^https:\/\//);
  if (leaf?.kind === 'code') expect(leaf.language).toMatch(/^[\w+#.-]*$/);
  // A sign that turns the direction is alone in an element of its own, and so are piles of marks.
  if (attributes.class === 'control') expect(children).toHaveLength(1);
  else for (const child of children) if (typeof child === 'string') expect(child).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  if (attributes.class !== 'pile') for (const child of children) if (typeof child === 'string') expect(child).not.toMatch(/\p{M}{8,}/u);
}
