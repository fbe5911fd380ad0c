import { ErrorCodes, HubClientError } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { createLanguage, english } from '../../src/language/language';
import { de } from '../../src/language/de';
import { matches } from '../../src/shared/matches';
import { inWords } from '../../src/shared/words';

const forbidden = (message: string) => new HubClientError(ErrorCodes.forbidden, message);

describe('A refusal', () => {
  it('says whom to ask, once, and in the language of the page', () => {
    const refusal = forbidden('A viewer may not do this; it takes a participant.');
    expect(inWords(english, refusal, ['Ada', 'Grace'])).toBe(`${refusal.message} Ask Ada or Grace.`);
    expect(inWords(createLanguage('de', de), refusal, ['Ada'])).toBe(`${refusal.message} Frag Ada.`);
    expect(inWords(english, refusal, [])).toBe(`${refusal.message} No host is here at the moment.`);
    expect(inWords(english, forbidden('The room is locked. Ask Ada, its host.'), ['Ada'])).toBe('The room is locked. Ask Ada, its host.');
  });

  it('outside of a room names nobody', () => {
    expect(inWords(english, forbidden('No.'), undefined)).toBe('No.');
  });
});

describe('A name', () => {
  it.each([
    ['Zoë Ångström', 'zoe ang', true],
    ['Zoë Ångström', ' ZOË ', true],
    ['İpek', 'ipek', true],
    ['Ada', 'b', false],
  ])('%s is found by %s: %s', (name, sought, isFound) => {
    expect(matches(name, sought)).toBe(isFound);
  });
});
