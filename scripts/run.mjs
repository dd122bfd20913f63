// The one entry of the root scripts: `node scripts/run.mjs <task> [arguments]`. Plain Node, because it runs before anything is installed.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildWorkspace } from './build.mjs'
import { check } from './check.mjs'
import { installWorkspace } from './install.mjs'
import { root, run, runUntilSignal } from './process.mjs'

const vitest = ['node_modules/vitest/vitest.mjs', 'run']

/** What each task does once everything is installed. Resolves to the exit code. */
const tasks = {
  build: async () => (await buildWorkspace(), 0),
  start: async (args) => {
    await buildWorkspace()
    return runUntilSignal(process.execPath, ['packages/collector/dist/main.js', 'serve', '--demo', ...args])
  },
  test: async (args) => {
    await buildWorkspace()
    return run(process.execPath, [...vitest, ...args])
  },
  e2e: async (args) => {
    await buildWorkspace()
    return run(process.execPath, [...vitest, '--config', 'e2e/vitest.config.ts', ...args])
  },
  bench: async (args) => {
    await buildWorkspace()
    const part = ['sdk', 'dashboard'].find((name) => name === args[0])
    return part ? runBench(`src/${part}/main.ts`, args.slice(1)) : runBench('src/main.ts', args)
  },
  torture: async (args) => {
    await buildWorkspace()
    return runBench('src/torture.ts', args)
  },
  seed: async (args) => {
    await buildWorkspace()
    const tsx = createRequire(join(root, 'bench/package.json')).resolve('tsx')
    return run(process.execPath, [
      '--import',
      pathToFileURL(tsx).href,
      join(root, 'e2e/seed/main.ts'),
      ...args,
    ])
  },
  check: async () => {
    await buildWorkspace()
    return check()
  },
}

/** tsx, which runs TypeScript as it stands, is found from the folder that depends on it. */
function runBench(file, args) {
  return run(process.execPath, ['--conditions=sojourn-source', '--import', 'tsx', file, ...args], {
    cwd: join(root, 'bench'),
  })
}

const [name = '', ...args] = process.argv.slice(2)
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined
if (!task) {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(tasks).join(' | ')}`)
  process.exit(1)
}
try {
  await installWorkspace()
  process.exitCode = await task(args)
} catch (error) {
  console.error(`\n${name} stopped: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
