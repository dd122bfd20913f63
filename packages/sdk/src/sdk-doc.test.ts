import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { DEFAULTS } from './options.ts'

const doc = readFileSync(new URL('../../../docs/sdk.md', import.meta.url), 'utf8')
const examples = [...doc.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!)

test('every TypeScript example compiles against the public types', () => {
  expect(examples.length).toBeGreaterThan(0)
  const entry = (name: string) => `'${fileURLToPath(new URL(name, import.meta.url))}'`
  const files = new Map(
    examples.map((code, i) => [
      `/example-${i}.ts`,
      code
        .replaceAll("'@sojourn/sdk'", entry('index.ts'))
        .replaceAll("'@sojourn/sdk/core'", entry('core.ts')),
    ]),
  )
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['sojourn-source'],
    allowImportingTsExtensions: true,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    skipLibCheck: true,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, files.get(name)!, ts.ScriptTarget.ES2022)
      : getSourceFile(name, ...rest)
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  const program = ts.createProgram([...files.keys()], options, host)
  const problems = [...files.keys()].flatMap((name) => [
    ...ts.getPreEmitDiagnostics(program, program.getSourceFile(name)),
  ])
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})

test('the table lists every option with its default', () => {
  const rows = [...doc.split('\n## Options')[1]!.matchAll(/^\| `(\w+)` \|(.*?)\| /gm)].map(
    ([, name, text]) => [name!, text!.trim()] as const,
  )
  expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(DEFAULTS).sort())
  for (const [name, text] of rows) {
    if (name === 'writeKey' || name === 'endpoint') continue
    const shown = JSON.stringify(DEFAULTS[name as keyof typeof DEFAULTS]).replaceAll('"', "'")
    expect(`${name} ${text}`).toBe(`${name} \`${shown}\``)
  }
})
