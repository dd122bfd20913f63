import { defineConfig } from 'vitest/config'

const conditions = ['sojourn-source']

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['**/*.e2e.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['./engines/tell-engines.ts'],
    // Two browsers at once on a small machine make each other's time limits meaningless.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
