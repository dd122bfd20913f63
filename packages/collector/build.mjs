// Compiles the collector to dist/ and puts beside it what the compiler leaves out. A build that fails leaves the last good one in place.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const src = `${folder}src`
const dist = `${folder}dist`
const next = `${folder}.cache/dist`

rmSync(next, { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', next], {
  cwd: folder,
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

// SQL is read at start, from files beside the code that runs it.
cpSync(src, next, { recursive: true, filter: (path) => !path.endsWith('.ts') })

const main = `${next}/main.js`
writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8')}`)
chmodSync(main, 0o755)

rmSync(dist, { recursive: true, force: true })
renameSync(next, dist)
