import { expect, it } from 'vitest';
import { byUpstream } from '../../../src/runs/models/byUpstream';

it('Models are grouped by their upstreams, each in order and once', () => {
  const models = [
    { id: 'gpt-4o', upstream: 'default' },
    { id: 'llama', upstream: 'local' },
    { id: 'claude', upstream: 'default' },
    { id: 'gpt-4o', upstream: 'default' },
  ];
  expect(byUpstream(models)).toEqual([
    { upstream: 'default', ids: ['claude', 'gpt-4o'] },
    { upstream: 'local', ids: ['llama'] },
  ]);
  expect(byUpstream([])).toEqual([]);
});
