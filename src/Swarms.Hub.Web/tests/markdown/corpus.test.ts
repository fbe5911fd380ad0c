import { describe, expect, test } from 'vitest';
import corpus from './corpus.json';
import { reader, show, streamed, unfinished } from './show';

describe('Markdown that is finished', () => {
  test.each(corpus.finished)('$name: the same tree however it came', ({ markdown, blocks }) => {
    for (const length of [1, 7, markdown.length + 1]) expect(streamed(markdown, length)).toEqual(blocks);
  });
});

describe('Markdown that was released', () => {
  const table = `| a | b |\n|---|---|\n${Array.from({ length: 5_000 }, (_, i) => `| ${i} | **x** |\n`).join('')}\nend`;
  const texts = [...corpus.finished, { name: 'a table that was cut', markdown: table }];

  test.each(texts)('$name: is read again as it was', ({ markdown }) => {
    for (const length of [Math.max(7, markdown.length / 20), markdown.length + 1]) {
      const markdownReader = reader();
      for (let end = length; end < markdown.length; end += length) markdownReader.tryUpdate(markdown.slice(0, end), false);
      markdownReader.tryUpdate(markdown, true);
      const shown = markdownReader.blocks.map(block => show(block.nodes));
      for (const block of markdownReader.blocks) block.release?.();
      expect(markdownReader.blocks.map(block => show(block.nodes))).toEqual(shown);
    }
  });
});

describe('Markdown that is still written', () => {
  test.each(corpus.unfinished)('$name: looks as it will', ({ markdown, blocks }) => {
    expect(unfinished(markdown)).toEqual(blocks);
  });

  test.each(corpus.finished)('$name: what is finished is not read again', ({ markdown }) => {
    const markdownReader = reader();
    let finished: readonly unknown[] = [];
    for (let end = 1; end <= markdown.length; end++) {
      markdownReader.tryUpdate(markdown.slice(0, end), false);
      const now = markdownReader.blocks.filter(block => block.isFinished);
      // Only a definition, which a text may give last, changes what is finished.
      if (!markdown.includes(']:')) expect(now.slice(0, finished.length)).toEqual(finished);
      if (!markdown.includes(']:')) finished.forEach((block, i) => expect(now[i]).toBe(block));
      finished = now;
    }
  });
});

describe('Large texts', () => {
  const table = `| a | b |\n|---|---|\n${Array.from({ length: 5_000 }, (_, i) => `| ${i} | **x** |\n`).join('')}\nend`;
  const list = Array.from({ length: 5_000 }, (_, i) => `${i + 1}. item *${i}*\n`).join('');
  const lines = Array.from({ length: 5_000 }, (_, i) => `line ${i} of a text without paragraphs\n`).join('');

  test.each([
    ['table', table, 'table'],
    ['list', list, 'ol'],
    ['lines', lines, 'p'],
  ])('%s: cut at the same places however it came', (_name, markdown, tag) => {
    const once = streamed(markdown, 30_000);
    expect(once.length).toBeGreaterThan(3);
    expect(once.filter(block => block.startsWith(tag)).length).toBeGreaterThan(3);
    expect(streamed(markdown, 999)).toEqual(once);
  });

  test('A list that was cut goes on counting', () => {
    const starts = streamed(list, 30_000).map(block => Number(/^ol\[(\d+)/.exec(block)?.[1] ?? 1));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts[1]).toBeGreaterThan(1000);
  });

  test.each([
    ['ASCII', '{"a":1,"b":"xyz"}'.repeat(60_000)],
    ['emoji', '🦊'.repeat(20_000)],
    ['Chinese', '春眠不觉晓'.repeat(4_000)],
  ])('A line of a million characters comes in pieces that are the line again: %s', (_name, line) => {
    for (const length of [1_777, 30_000]) {
      const markdown = reader();
      for (let end = length; end < line.length; end += length) markdown.tryUpdate(line.slice(0, end), false);
      markdown.tryUpdate(`${line}\n\n**after**`, true);
      const pieces = markdown.blocks.slice(0, -1).map(block => show(block.nodes).replace(/^div\.piece(?:\.last)?\((.*)\)$/su, '$1'));
      expect(pieces.join('')).toBe(line);
      expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThanOrEqual(2_000);
      expect(show(markdown.blocks.at(-1)!.nodes)).toBe('p(strong(after))');
    }
  });

  test('A long line in a code block stays code', () => {
    const markdown = `\`\`\`json\n${'x'.repeat(50_000)}\n\`\`\`\n\nafter`;
    expect(streamed(markdown, 5_000)).toEqual([`code:json«${'x'.repeat(50_000)}»`, 'p(after)']);
  });

  test('A text that is another one is refused and begun anew', () => {
    const markdown = reader();
    markdown.tryUpdate('# One\n\ntext', false);
    expect(markdown.tryUpdate('# Two\n\ntext', false)).toBe(false);
    expect(markdown.blocks.map(block => show(block.nodes))).toEqual(['h4.h1(One)', 'p(text)']);
  });
});

describe('Messages', () => {
  test.each([
    ['**bold** and `code`', ['p(strong(bold) and code(code))']],
    ['# no heading', ['p(# no heading)']],
    ['| a |\n|---|\n| b |', ['p(| a |↵|---|↵| b |)']],
    ['![x](https://p.example/a.png)', ['p(!a[https://p.example/a.png on p.example](x))']],
    ['$x$ and $5', ['p($x$ and $5)']],
    ['- a\n- b', ['ul(li(a)li(b))']],
    ['two\nlines', ['p(two↵lines)']],
    ['https://site.example', ['p(a[https://site.example/](https://site.example))']],
    ['<b>x</b>', ['p(<b>x</b>)']],
    ['    four spaces', ['p(four spaces)']],
  ])('%s', (markdown, blocks) => {
    expect(streamed(markdown, 1, 'message')).toEqual(blocks);
  });
});
