// Leaves a Brotli and a gzip copy beside each built file of text. The hub picks one for each browser, and compresses nothing itself. The
// page's addresses are relative, so a room's page, which lies one folder deeper, is a copy of its own.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = fileURLToPath(new URL('../Swarms.Hub/wwwroot', import.meta.url));
// A smaller file fits into the first packets as it is.
const leastBytes = 1_024;

const page = await readFile(join(folder, 'index.html'), 'utf8');
await writeFile(join(folder, 'room.html'), page.replaceAll('"./', '"../'));

const files = await readdir(folder, { recursive: true });
for (const file of files.filter(name => /\.(js|css|html|svg|json|txt|webmanifest)$/.test(name))) {
  const path = join(folder, file);
  const content = await readFile(path);
  if (content.length < leastBytes) continue;

  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
