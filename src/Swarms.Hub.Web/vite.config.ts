import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const hub = 'http://localhost:5080';

/** The hub serves SignalR's own browser build as /lib/signalr.js, so that a page of one HTML file needs nothing else. */
const signalr: Plugin = {
  name: 'signalr',
  apply: 'build',
  async generateBundle() {
    const path = '../Swarms.Hub.Client.Js/node_modules/@microsoft/signalr/dist/browser/signalr.min.js';
    const source = await this.fs.readFile(path, { encoding: 'utf8' });
    // The map is not served.
    this.emitFile({ type: 'asset', fileName: 'lib/signalr.js', source: source.replace(/\n\/\/# sourceMappingURL=.*/, '') });
  },
};

export default defineConfig({
  plugins: [react(), signalr],
  build: {
    outDir: '../Swarms.Hub/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
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
