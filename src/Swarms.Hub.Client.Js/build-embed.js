// Bundles <swarms-run> into one file that needs no other, for any page: dist/swarms-run.js. Runs behind tsc.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));
await build({
  root: folder,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: 'src/Embed/index.ts',
      preserveEntrySignatures: 'exports-only',
      output: { format: 'es', entryFileNames: 'swarms-run.js' },
    },
  },
});
