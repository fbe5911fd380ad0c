// Leaves a Brotli and a gzip copy beside each built file of text. The hub picks one for each browser, and compresses nothing itself. The
// page's addresses are relative, so a room's page, which lies one folder deeper, is a copy of its own.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = fileURLToPath(new URL('../Swarms.Hub/wwwroot', import.meta.url));
// Compressing takes longer than the rest of the build, and most files stay as they are from one build to the next.
const kept = fileURLToPath(new URL('node_modules/.cache/precompress', import.meta.url));
// A smaller file fits into the first packets as it is.
const leastBytes = 1_024;

await mkdir(kept, { recursive: true });
const page = await readFile(join(folder, 'index.html'), 'utf8');
await writeFile(join(folder, 'room.html'), page.replaceAll('"./', '"../'));

const files = await readdir(folder, { recursive: true });
for (const file of files.filter(name => /\.(js|css|html|svg|json|txt|webmanifest)$/.test(name))) {
  const path = join(folder, file);
  const content = await readFile(path);
  if (content.length < leastBytes) continue;

  await writeFile(`${path}.br`, await keep(content, 'br', brotli));
  await writeFile(`${path}.gz`, await keep(content, 'gz', content => promisify(gzip)(content, { level: 9 })));
}

function brotli(content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return promisify(brotliCompress)(content, { params });
}

async function keep(content, form, compress) {
  const path = join(kept, `${createHash('sha256').update(content).digest('hex')}.${form}`);
  const before = await readFile(path).catch(() => undefined);
  if (before !== undefined) return before;

  const compressed = await compress(content);
  // A build that is killed must not leave a half of it.
  await writeFile(`${path}.${process.pid}`, compressed);
  await rename(`${path}.${process.pid}`, path);
  return compressed;
}
