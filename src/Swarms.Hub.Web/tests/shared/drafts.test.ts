import { describe, expect, it } from 'vitest';
import { clearSent, readDraft, writeDraft } from '../../src/shared/drafts';

describe('A draft that was sent', () => {
  it('is cleared', () => {
    writeDraft('room', 'task', 'Tell a story');
    clearSent('room', 'task', 'Tell a story');
    expect(readDraft('room', 'task')).toBe('');
  });

  it('keeps what was written since', () => {
    writeDraft('room', 'task', 'Tell another');
    clearSent('room', 'task', 'Tell a story');
    expect(readDraft('room', 'task')).toBe('Tell another');
  });
});
