import { defineConfig } from 'vite'

const collector = process.env['SOJOURN_URL'] ?? 'http://127.0.0.1:8686'

// The collector answers under our own origin: first-party by construction, and no CORS.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  server: { proxy: { '/v1': { target: collector } } },
  preview: { proxy: { '/v1': { target: collector } } },
})
