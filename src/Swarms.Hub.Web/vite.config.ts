import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const hub = 'http://localhost:5080';

export default defineConfig({
  plugins: [react()],
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
