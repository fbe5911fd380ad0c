// @vitest-environment happy-dom
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBlocks } from '../../src/Embed/blocks.js';
import { FormattedText } from '../../src/Embed/FormattedText.js';

const known = [
  'A',
  'BLOCKQUOTE',
  'CODE',
  'DEL',
  'DIV',
  'EM',
  'H3',
  'H4',
  'H5',
  'H6',
  'HR',
  'LI',
  'OL',
  'P',
  'PRE',
  'STRONG',
  'TABLE',
  'TD',
  'TH',
  'TR',
  'UL',
];
const attributes = ['class', 'dir', 'href', 'rel', 'start', 'tabindex', 'target'];

function drawn(text: string): HTMLElement {
  const formatted = new FormattedText();
  formatted.show(text);
  return formatted.element;
}

it.each([
  ['# Title', '<h3 dir="auto">Title</h3>'],
  ['one *two* **three _four_** ~~five~~', '<p dir="auto">one <em>two</em> <strong>three <em>four</em></strong> <del>five</del></p>'],
  ['`<b>` and snake_case_name', '<p dir="auto"><code>&lt;b&gt;</code> and snake_case_name</p>'],
  ['- a\n- b\n  - c', '<ul><li dir="auto">a</li><li dir="auto">b<ul><li dir="auto">c</li></ul></li></ul>'],
  ['> said', '<blockquote><p dir="auto">said</p></blockquote>'],
  ['2 * 3 * 4 and \\*stars\\*', '<p dir="auto">2 * 3 * 4 and *stars*</p>'],
  ['[x](javascript:alert(1))', '<p dir="auto">[x](javascript:alert(1))</p>'],
])('draws %j', (text, html) => {
  expect(drawn(text).innerHTML).toBe(html);
});

it('draws code as it is, also while its fence is open', () => {
  expect(drawn('```js\nlet a = "*b*";\n\nlet c;').querySelector('pre')!.textContent).toBe('let a = "*b*";\n\nlet c;');
  expect(drawn('```\na\n```\nafter').querySelector('p')!.textContent).toBe('after');
});

it('makes nothing of any text but its few elements with their few attributes', () => {
  const pieces = fc.constantFrom(
    '<img src=x onerror=y>',
    '<script>',
    '[a](',
    ')',
    'javascript:x',
    'https://x.y/',
    '`',
    '```',
    '*',
    '_',
    '**',
    '\n',
    '\n\n',
    '- ',
    '> ',
    '# ',
    '|',
    '---',
    '\\',
    'word ',
    '"',
    "'",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), parts => {
      const all = [...drawn(parts.join('')).querySelectorAll('*')];
      for (const element of all) {
        expect(known).toContain(element.tagName);
        for (const name of element.getAttributeNames()) expect(attributes).toContain(name);
        expect(element.getAttribute('href') ?? 'https://').toMatch(/^https?:\/\//);
      }
    }),
  );
});

it('is the same however the text grew, and keeps the blocks that did not change', () => {
  const text = '# One\n\nTwo **three**\n\n- a\n- b\n\n```\ncode\n\nmore\n```\n\nEnd.';
  const growing = new FormattedText();
  let kept: Element | undefined;
  for (let length = 1; length <= text.length; length++) {
    growing.show(text.slice(0, length));
    if (length === text.indexOf('Two')) kept = growing.element.firstElementChild!;
  }

  expect(growing.element.innerHTML).toBe(drawn(text).innerHTML);
  expect(growing.element.firstElementChild).toBe(kept);
});

it('takes a long text of openings in little time', () => {
  for (const opening of ['*', '`', '[', '_', '**a', '[](']) expect(drawn(opening.repeat(20_000)).childElementCount).toBeGreaterThan(0);
});

it('cuts a text at empty lines, but not within code or lists', () => {
  expect(toBlocks('a\nb\n\n\nc')).toEqual(['a\nb', 'c']);
  expect(toBlocks('```\na\n\nb\n```')).toEqual(['```\na\n\nb\n```']);
  expect(toBlocks('- a\n\n  more')).toEqual(['- a\n\n  more']);
});
