import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const hub = 'http://localhost:5080';

/** Libraries that the hub serves as they are, with the path by which a page asks for them. */
const served = {
  // A page of one HTML file needs nothing else.
  'lib/signalr.js': '../Swarms.Hub.Client.Js/node_modules/@microsoft/signalr/dist/browser/signalr.min.js',
  // The element with which other pages show a run.
  'embed/swarms-run.js': '../Swarms.Hub.Client.Js/dist/swarms-run.js',
  // The frame that draws diagrams has no origin, and so takes no module.
  'frames/mermaid.js': 'node_modules/mermaid/dist/mermaid.min.js',
};

const libraries: Plugin = {
  name: 'libraries',
  apply: 'build',
  async generateBundle() {
    for (const [fileName, path] of Object.entries(served)) {
      const source = await this.fs.readFile(path, { encoding: 'utf8' });
      // The map is not served.
      this.emitFile({ type: 'asset', fileName, source: source.replace(/\n\/\/# sourceMappingURL=.*/, '') });
    }
  },
};

/** Every browser that runs the page reads WOFF2: the other forms of the mathematical fonts would only lie there. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform(code, id) {
    return id.includes('katex') && id.includes('.css') ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, '') : undefined;
  },
};

export default defineConfig({
  // The hub may stand below a path that only its proxy knows.
  base: './',
  plugins: [react(), libraries, onlyWoff2],
  // The client's folder has a React of its own, for its tests.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    outDir: '../Swarms.Hub/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // These have light-dark(), which the themes are made of.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A data: URL would need a hole in the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The hub refuses browsers of another origin, so the proxy calls it by the hub's own.
    proxy: {
      '/api': { target: hub, changeOrigin: true, headers: { Origin: hub } },
      '/hub': { target: hub, ws: true, changeOrigin: true, headers: { Origin: hub } },
    },
  },
});
