import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../tests/protocol-cases/', import.meta.url));

function casesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json')).sort();
  return Object.fromEntries(files.map(file => [file, readFileSync(join(folder, file), 'utf8')]));
}

it('Every case is as its script writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'protocol-cases-'));
  try {
    execFileSync(process.execPath, [join(root, 'write-cases.mjs'), folder]);
    expect(casesIn(folder)).toEqual(casesIn(root));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
