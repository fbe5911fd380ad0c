import { expect, it } from 'vitest';
import { embedLines } from '../../../src/runs/embeds/embedLines';

it('names the script below the path of the hub, the run and the token', () => {
  expect(embedLines(new URL('https://example.org/hub/'), '01abc', 'she_x')).toBe(
    '<script type="module" src="https://example.org/hub/embed/swarms-run.js"></script>\n<swarms-run run="01abc" token="she_x"></swarms-run>',
  );
});

it('writes nothing that ends an attribute', () => {
  expect(embedLines(new URL('https://example.org/'), '"><script>', 'a&b')).toContain('run="&quot;><script>" token="a&amp;b"');
});
