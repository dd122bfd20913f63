import { defineConfig } from 'vite'

/** Where `npm run dev` finds a running collector; its login link works on the dev server's port, too. */
const COLLECTOR = 'http://127.0.0.1:8686'

export default defineConfig({
  // Relative, so that the collector may be mounted below any path of another server.
  base: './',
  build: {
    target: 'es2022',
    // A data: URL would need more than `default-src 'self'`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  server: { proxy: { '/v1': COLLECTOR, '/sojourn.js': COLLECTOR } },
})
