import { describe, expect, it } from 'vitest';
import { RoomCursor } from '../../src/Protocol/Feed/RoomCursor.js';

describe('A cursor', () => {
  it.each([
    ['01f3a9c47be2d6580912ab34cd56ef7890fe:4711', 4_711],
    ['h1:0', 0],
    [`${'a'.repeat(64)}:9`, 9],
  ])('%j says how far it reaches', (cursor, sequence) => {
    expect(RoomCursor.tryParse(cursor)?.sequence).toBe(sequence);
    expect(String(RoomCursor.tryParse(cursor))).toBe(cursor);
  });

  it.each([null, '', ':1', 'h1', 'h1:', 'h1:-1', 'h1:1.5', 'h1:1:2', `${'a'.repeat(65)}:9`])('is not %j', cursor => {
    expect(RoomCursor.tryParse(cursor)).toBeUndefined();
  });
});
