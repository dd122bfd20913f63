import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, remember, remembered } from './fingerprint.mjs'
import { root, run } from './process.mjs'

/** pnpm comes through npx at this version, so that a machine needs nothing but Node and npm. */
const PNPM = 'pnpm@12.21.0'
const OLDEST_NODE = [20, 19]

/** Installs what the lock file says, unless it already is. Rejects with what to do. */
export async function installWorkspace() {
  checkNode()
  const stamp = join(root, 'node_modules', '.sojourn-installed')
  const wanted = `${process.version} ${fingerprint(manifests())}`
  if (remembered(stamp) === wanted) return
  console.log('Installing dependencies (the first time takes a minute or two: SQLite may be compiled here) …')
  const code = await run(
    'npx',
    ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'],
    {
      shell: process.platform === 'win32',
      env: { ...process.env, CI: 'true' },
    },
  )
  if (code !== 0)
    throw new Error(
      `the dependencies could not be installed (see above). Is the npm registry reachable, and pnpm-lock.yaml as committed?`,
    )
  remember(stamp, wanted)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new Error(`Sojourn needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}.`)
}

function manifests() {
  const folders = ['.', 'e2e', 'bench', ...below('packages'), ...below('examples')]
  return [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...folders.map((folder) => join(folder, 'package.json')),
  ].map((path) => join(root, path))
}

function below(folder) {
  const path = join(root, folder)
  return existsSync(path) ? readdirSync(path).map((name) => join(folder, name)) : []
}
