import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { publint } from 'publint'
import { rollup } from 'rollup'
import { expect, expectTypeOf, test } from 'vitest'
import type { createTracker as declaredTracker } from '../dist/index.js'
import type { createTracker } from '../src/index.ts'
import { SDK_VERSION } from '../src/sdk-version.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** What a browser has to fetch, in bytes. */
function weight(code: string): number {
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}

/** See docs/decisions/0003-what-the-sdk-weighs.md: for each part, what it costs. */
test.each([
  ['dist/sojourn.js', 5_000],
  ['dist/index.js', 4_900],
])('%s is at most %i bytes, compressed', (path, most) => {
  expect(weight(read(path))).toBeLessThanOrEqual(most)
})

test('the core without parts is at most 3,500 bytes, compressed, as a bundler takes it', async () => {
  const page = `export { createTracker } from ${JSON.stringify(`${folder}dist/core.js`)}`
  const bundle = await rollup({
    input: 'page',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page' ? id : null),
        load: (id) => (id === 'page' ? page : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'es', compact: true })
  const { code } = output[0]
  expect(code).not.toContain('orientation')
  expect(weight(code)).toBeLessThanOrEqual(3_500)
})

test('the package is one that every bundler and runtime takes', async () => {
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: false })
  expect(messages).toEqual([])
})

test.each([
  ['module', ['--input-type=module', '-e', `import('@sojourn/sdk').then(use)`]],
  ['CommonJS', ['-e', `use(require('@sojourn/sdk'))`]],
  ['module of the core', ['--input-type=module', '-e', `import('@sojourn/sdk/core').then(use)`]],
])('it can be imported, and does nothing, on a server: as %s', (_, [...args]) => {
  const use = `function use({ createTracker }) {
    const tracker = createTracker({ writeKey: 'pk_1', endpoint: 'https://collect.example' })
    tracker.page(); tracker.track('a'); tracker.identify?.('u'); tracker.reset?.(); tracker.startSession?.(); tracker.endSession?.()
    tracker.setConsent?.('denied'); tracker.onSession?.(() => {})(); tracker.stop()
    if (tracker.session() !== undefined) throw new Error('a session on a server')
    tracker.flush().then(() => console.log('done'))
  }`
  args.push(`${use}; ${args.pop()!}`)
  expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toBe('done\n')
})

test('the public API is the one on record', () => {
  const declared = ['index', 'core'].map((name) => `// ${name}\n\n${read(`dist/${name}.d.ts`)}`).join('\n')
  expect(declared).toBe(read('etc/public-api.d.txt'))
  expect(read('dist/index.d.cts')).toBe(read('dist/index.d.ts'))
})

test('the declarations are those of the sources', () => {
  expectTypeOf<typeof declaredTracker>().toEqualTypeOf<typeof createTracker>()
})

test('the version that is sent is that of the package', () => {
  expect(SDK_VERSION).toBe((JSON.parse(read('package.json')) as { version: string }).version)
})
