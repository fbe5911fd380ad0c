import { expect, test } from 'vitest';
import { countWords } from '../../src/shared/countWords';

test.each([
  ['', 0],
  ['one two  three', 3],
  ['don’t stop', 2],
  ['a-b c_d 12.5', 6],
  ['春眠不觉晓', 5],
  ['ひらがな and カナ', 7],
  ['e\u0301te\u0301', 1],
  ['مرحبا بالعالم', 2],
])('%j has %d words', (text, words) => {
  expect(countWords(text)).toBe(words);
});

test.each([1, 2, 3, 5, 7])('A text that is counted %d characters at a time has the same words', length => {
  const text = 'Plants turn **light** into sugar: 6CO2 and 6H2O, 光合成 and so on.';
  let sum = 0;
  for (let end = length; end - length < text.length; end += length) sum += countWords(text.slice(0, end), end - length);
  expect(sum).toBe(countWords(text));
});
