import { defineConfig } from 'vitest/config'

// Tests read the packages' TypeScript sources, so that a test never runs against a stale build.
// No other condition may stand here: Node gets them too, and would hand ES modules to dependencies that call require().
const conditions = ['sojourn-source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      'examples/*/**/*.test.ts',
      'docs/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'e2e/seed/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 20_000,
  },
})
