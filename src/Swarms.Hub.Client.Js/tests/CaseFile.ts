import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../tests/protocol-cases/', import.meta.url));

/** The names of all cases of a kind, as `noun/name`. */
export function namesOf(kind: string): string[] {
  return readdirSync(root + kind, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length).replaceAll('\\', '/'))
    .sort();
}

/** A case with its long texts written out. */
export function readCase<T>(kind: string, name: string): T {
  return JSON.parse(readFileSync(`${root}${kind}/${name}.json`, 'utf8'), (_, value: unknown) => {
    const long = value as { $repeat?: string; times: number } | null;
    return typeof long?.$repeat === 'string' ? long.$repeat.repeat(long.times) : value;
  }) as T;
}
