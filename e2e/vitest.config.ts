import { defineConfig } from 'vitest/config'

const conditions = ['sojourn-source']

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['**/*.e2e.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['./engines/tell-engines.ts', './dashboard/seed-folder.ts'],
    // A browser waits most of the time, so two files share two cores; more would make each other's time limits meaningless.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
})
