import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { readFileSync } from 'node:fs'
import esbuild from 'rollup-plugin-esbuild'

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

const plugins = [
  resolve({ browser: true, exportConditions: ['sojourn-source'] }),
  esbuild({ target: 'es2022' }),
  terser({
    ecma: 2020,
    module: true,
    toplevel: true,
    compress: {
      passes: 8,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
      lhs_constants: false,
    },
    // Names that begin with an underscore are known to nobody but this bundle.
    mangle: { properties: { regex: /^_/ } },
    format: { comments: false },
  }),
]
const treeshake = { moduleSideEffects: false, propertyReadSideEffects: false }

/** The declarations of an entry: the public types, and its one function as its source declares it. */
function declarations(input) {
  return {
    name: 'declarations',
    generateBundle({ format }) {
      const [, doc, signature] = /(\/\*\*[^/]*?\*\/)\nexport (function .*?) \{\n/s.exec(read(input))
      this.emitFile({
        type: 'asset',
        fileName: input.replace(/^src\/(.*)\.ts$/, format === 'cjs' ? '$1.d.cts' : '$1.d.ts'),
        source: `${read('src/tracker.ts')}\n${doc}\nexport declare ${signature}\n`,
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
    sourcemap: true,
    compact: true,
    plugins: [declarations(input)],
  })
  return { input, treeshake, plugins, output: [output('js', 'es'), output('cjs', 'cjs')] }
}

function script(name, file) {
  const output = { file: `dist/${file}`, format: 'iife', sourcemap: true, compact: true }
  return { input: `src/${name}.ts`, treeshake, plugins, output }
}

export default [
  entry('index'),
  entry('core'),
  script('script', 'sojourn.js'),
  script('script-links', 'sojourn-links.js'),
]
