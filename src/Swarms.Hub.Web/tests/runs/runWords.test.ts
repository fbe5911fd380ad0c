import { expect, test } from 'vitest';
import type { Run } from 'swarms-hub-client';
import { de } from '../../src/language/de';
import { en } from '../../src/language/en';
import { createLanguage } from '../../src/language/language';
import { runStateInWords } from '../../src/runs/runWords';

const run: Run = {
  id: 'r1',
  kind: 'agent',
  agent: { name: 'Writer', model: null },
  task: 'Tell a story',
  state: 'queued',
  queuedAt: '2026-01-01T12:00:00.000Z',
  text: '',
};

test('A queued run says its place, or until when it waits for the rate limit', () => {
  const [english, german] = [createLanguage('en', en), createLanguage('de', de)];
  const waitingUntil = '2026-01-01T12:30:00.000Z';

  expect(runStateInWords(english, run)).toBe('Starting');
  expect(runStateInWords(english, { ...run, position: 2 })).toBe('Waiting, number 2 in the queue');
  expect(runStateInWords(english, { ...run, waitingUntil })).toBe(`Waiting for the rate limit until ${english.time(waitingUntil)}`);
  expect(runStateInWords(german, { ...run, waitingUntil })).toContain(german.time(waitingUntil));
});
