import { describe, expect, it } from 'vitest';
import { findPassage } from '../../../src/runs/passages/findPassage';

function found(drawn: string, passage: string, near = 0) {
  const place = findPassage(drawn, passage, near);
  return place && drawn.slice(place.start, place.end);
}

describe('A passage of the source in the drawn text', () => {
  it('is found without the signs of its formatting', () => {
    expect(found('Leaves are green and make sugar.', '**green** and `make`')).toBe('green and make');
    expect(found('Title\nOne. Two', '# Title\n\nOne.')).toBe('Title\nOne');
    expect(found('𝒳 and ünder 中文', 'ünder **中文**')).toBe('ünder 中文');
  });

  it('is the one nearest to its place, where it occurs several times', () => {
    const drawn = 'no yes no yes no yes';
    expect(findPassage(drawn, 'yes', 0)?.start).toBe(3);
    expect(findPassage(drawn, 'yes', 0.5)?.start).toBe(10);
    expect(findPassage(drawn, 'yes', 1)?.start).toBe(17);
  });

  it('is found by its beginning and end, where the address of a link between is not drawn', () => {
    const before = 'A leaf catches light, as the long and careful description says';
    const passage = `${before} [here](https://example.org/a/b) and so on, for all of the plants that we know.`;
    expect(found(`Intro. ${before} here and so on, for all of the plants that we know. End`, passage)).toBe(
      `${before} here and so on, for all of the plants that we know`,
    );
  });

  it('is not found where it is not drawn', () => {
    expect(found('Leaves', 'Roots')).toBeUndefined();
    expect(found('Leaves', '**')).toBeUndefined();
    expect(found('', 'Leaves')).toBeUndefined();
  });
});
