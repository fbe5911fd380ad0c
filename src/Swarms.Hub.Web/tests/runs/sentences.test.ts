import { expect, test } from 'vitest';
import { Sentences } from '../../src/runs/sentences';

const text =
  '# Light\n\nA leaf *catches* light. It makes 3.5 g of sugar! Is that much?\n\n- One [link](https://example.org/a.b).\n- Two\n\nThe end';
const said = ['Light', 'A leaf catches light.', 'It makes 3.5 g of sugar!', 'Is that much?', 'One link.', 'Two', 'The end'];

function take(pieces: number): string[] {
  const sentences = new Sentences('en');
  const all: string[] = [];
  for (let end = 0; end < text.length; end += pieces) all.push(...sentences.take(text.slice(0, end), false));
  return [...all, ...sentences.take(text, true)];
}

test.each([1, 2, 3, 7, 50, 1000])('A text that grows by %i characters is said in the same sentences', pieces => {
  expect(take(pieces)).toEqual(said);
});

test('A sentence is said only when the next one has begun, or the text is whole', () => {
  const sentences = new Sentences('en');
  expect(sentences.take('It weighs 3.', false)).toEqual([]);
  expect(sentences.take('It weighs 3.5 grams. And', false)).toEqual(['It weighs 3.5 grams.']);
  expect(sentences.take('It weighs 3.5 grams. And so', true)).toEqual(['And so']);
  expect(sentences.take('It weighs 3.5 grams. And so', true)).toEqual([]);
});

test('A text without an end is said in parts, and none of it is lost', () => {
  const endless = 'number '.repeat(400);
  const sentences = new Sentences('en');
  const parts: string[] = [];
  for (let end = 0; end < endless.length; end += 97) parts.push(...sentences.take(endless.slice(0, end), false));
  expect(parts.length).toBeGreaterThan(2);
  expect([...parts, ...sentences.take(endless, true)].join(' ')).toBe(endless.trim());
});

test('Chinese and Japanese end their sentences with signs of their own', () => {
  expect(new Sentences('en').take('光合成は大切です。植物は光を使います。', true)).toEqual(['光合成は大切です。', '植物は光を使います。']);
});
