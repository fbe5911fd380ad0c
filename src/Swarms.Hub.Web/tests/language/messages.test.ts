import { expect, test } from 'vitest';
import { de } from '../../src/language/de';
import { en } from '../../src/language/en';
import { piecesOf, type MessageKey, type Plural } from '../../src/language/messages';

const keys = Object.keys(en) as MessageKey[];

function templates(message: string | Plural): string[] {
  return typeof message === 'string' ? [message] : [message.one, message.other];
}

function placeholders(template: string): string[] {
  return piecesOf(template)
    .filter((_, i) => i % 2 === 1)
    .sort();
}

/** The placeholders of each form of each text. */
function allPlaceholders(messages: Record<MessageKey, string | Plural>) {
  return Object.fromEntries(keys.map(key => [key, templates(messages[key]).map(placeholders)]));
}

test('German has the keys of English, in the same order', () => {
  expect(Object.keys(de)).toEqual(keys);
});

test('Every German text has the placeholders of the English one', () => {
  expect(allPlaceholders(de)).toEqual(allPlaceholders(en));
});

test('No text is empty or has space at its ends', () => {
  const all = [en, de].flatMap(messages => keys.flatMap(key => templates(messages[key])));
  expect(all.filter(text => text === '' || text !== text.trim())).toEqual([]);
});
