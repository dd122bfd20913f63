import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { readFileSync } from 'node:fs'
import esbuild from 'rollup-plugin-esbuild'
import { shortNames } from './build/short-names.js'
import { unfold } from './build/unfold.js'

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

const plugins = [
  resolve({ browser: true, exportConditions: ['sojourn-source'] }),
  esbuild({ target: 'es2022' }),
  {
    // One word for all declarations compresses better.
    name: 'let-alone',
    renderChunk: (code) => ({ code: code.replace(/\bconst /g, 'let '), map: null }),
  },
  unfold(),
  terser({
    ecma: 2020,
    module: true,
    toplevel: true,
    compress: {
      passes: 3,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
      lhs_constants: false,
      loops: false,
      inline: 1,
      negate_iife: false,
    },
    mangle: false,
    format: { comments: false },
  }),
  shortNames(),
]
const treeshake = { moduleSideEffects: false, propertyReadSideEffects: false }

/** A part that the core exports, with its docstring. */
const PART = /(\/\*\*[^/]*?\*\/)\nexport const (\w+): PartOfTracker(<.*?>)? = /g

/** The declarations of an entry: the public types, and its one function as its source declares it. */
function declarations(input) {
  return {
    name: 'declarations',
    generateBundle({ format }) {
      const [, doc, signature] = /(\/\*\*[^/]*?\*\/)\nexport (function .*?) \{\n/s.exec(read(input))
      const parts = input === 'src/core.ts' ? read('src/core-parts.ts').matchAll(PART) : []
      this.emitFile({
        type: 'asset',
        fileName: input.replace(/^src\/(.*)\.ts$/, format === 'cjs' ? '$1.d.cts' : '$1.d.ts'),
        source: [
          `${read('src/tracker.ts')}\n${doc}\nexport declare ${signature}\n`,
          ...[...parts].map(
            ([, does, name, adds = '']) => `${does}\nexport declare const ${name}: Part${adds}\n`,
          ),
        ].join('\n'),
      })
    },
  }
}

function entry(name) {
  const input = `src/${name}.ts`
  const output = (extension, format) => ({
    dir: 'dist',
    entryFileNames: `${name}.${extension}`,
    format,
    compact: true,
    plugins: [declarations(input)],
  })
  return { input, treeshake, plugins, output: [output('js', 'es'), output('cjs', 'cjs')] }
}

function script(name, file) {
  const output = { file: `dist/${file}`, format: 'iife', compact: true }
  return { input: `src/${name}.ts`, treeshake, plugins, output }
}

export default [entry('index'), entry('core'), script('script', 'sojourn.js')]
