import { expect, test } from 'vitest';
import { createLanguage } from '../../src/language/language';
import { de } from '../../src/language/de';
import { en } from '../../src/language/en';

const english = createLanguage('en', en);
const german = createLanguage('de', de);

test('Placeholders are filled, numbers in the form of the language', () => {
  expect(english.t('run.inAndOut', { input: 12_345, output: 6 })).toBe('12,345 in, 6 out');
  expect(german.t('run.inAndOut', { input: 12_345, output: 6 })).toBe('12.345 hinein, 6 heraus');
});

test('One thing and several things have forms of their own', () => {
  expect(english.t('run.tokens', { count: 1 })).toBe('1 token');
  expect(english.t('run.tokens', { count: 0 })).toBe('0 tokens');
  expect(german.t('composer.swarmOf', { count: 1 })).toBe('Schwarm aus 1 Agent');
  expect(german.t('composer.swarmOf', { count: 2 })).toBe('Schwarm aus 2 Agenten');
});

test('A value that looks like a placeholder is not filled again', () => {
  expect(english.t('announce.ended', { agent: '{state}', state: 'Done' })).toBe('{state}: Done.');
});

test('A name written from right to left is kept apart from the words around it', () => {
  expect(english.t('home.forgetRoom', { room: 'علم الأحياء' })).toBe('Forget \u2068علم الأحياء\u2069');
  expect(english.t('home.forgetRoom', { room: 'Biology' })).toBe('Forget Biology');
});

test('Amounts keep all their digits', () => {
  expect(english.dollars(0.000_123)).toBe('$0.000123');
  expect(german.dollars(0.000_123)).toBe('0,000123\u00a0$');
});

test('Durations are told in seconds up to a minute', () => {
  expect(english.duration(32_400)).toBe('32 s');
  expect(english.duration(125_000)).toBe('2 min 5 s');
});

test('Amounts of the hub keep digits that no binary number has', () => {
  expect(english.amount('12345.12345678901234567')).toBe('$12,345.12345678901234567');
  expect(german.amount('0.3')).toBe('0,3\u00a0$');
  expect(english.amount('0.1234567890123456789012345')).toBe('0.1234567890123456789012345');
});
