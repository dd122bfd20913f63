import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import { RIVALS } from './install-rivals.ts'
import type { Subject } from './subjects.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** A subject as a page loads it: one minified script. */
export interface Bundle {
  readonly subject: Subject
  readonly version: string
  readonly script: string
  readonly brotliBytes: number
}

/** Bundles a subject's entry with the package as it is published: for ours, what `npm run build` made. */
export async function bundle(subject: Subject): Promise<Bundle> {
  const folder = subject.package.startsWith('@sojourn/') ? HERE : RIVALS
  const { outputFiles } = await build({
    stdin: { contents: subject.entry, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const script = outputFiles[0]!.text
  return {
    subject,
    version: versionOf(subject.package, folder),
    script,
    brotliBytes: brotliBytes(script),
  }
}

/** The size of a text, brotli at its highest quality. */
export function brotliBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}

/** Not every package lets its manifest be imported. */
function versionOf(name: string, folder: string): string {
  const paths = createRequire(join(folder, 'index.js')).resolve.paths(name)!
  const found = paths.map((path) => join(path, name, 'package.json')).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`${name} is not installed below ${dirname(folder)}`)
  return (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version
}
