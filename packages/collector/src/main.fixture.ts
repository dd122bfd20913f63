import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The built command: `npm test` builds it first. */
export const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** A folder of the test's own, gone with it. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-main-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the command with these settings alone; it ends with the test. */
export function start(args: readonly string[], settings: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], SOJOURN_PORT: '0', ...settings }
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd: makeFolder() })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const ended = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0]
      if (url && stdout.includes('Ctrl+C')) resolve(url)
    })
    void ended.then(({ stderr: said }) => reject(new Error(`it ended: ${said}`)))
  })
  listening.catch(() => {})
  const logged = (text: string) =>
    new Promise<void>((resolve) => child.stderr.on('data', () => stderr.includes(text) && resolve()))
  return { child, ended, listening, logged, printed: () => stdout }
}

/** Runs the command to its end. */
export const run = (args: readonly string[], settings?: Record<string, string>) => start(args, settings).ended
