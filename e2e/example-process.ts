import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { killTree } from './engines/kill-tree.ts'
import { waitUntil } from './engines/wait-until.ts'

/** A running example. */
export interface ExampleProcess {
  /** Where it listens, without a slash at its end. */
  readonly url: string
  /** All that it printed so far. */
  printed(): string
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>
}

/** Runs `node <args>` in `examples/<name>` and waits until it prints the address where it listens. */
export async function startExample(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ExampleProcess> {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL(`../examples/${name}`, import.meta.url)),
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const url = await waitUntil(
    () => `examples/${name} to listen; it printed: ${printed}`,
    () => /http:\/\/[\w.]+:\d+/.exec(printed)?.[0] ?? '',
    30_000,
  )
  return {
    url,
    printed: () => printed,
    stop: async () => {
      await killTree(child, 'SIGTERM')
      return child.exitCode
    },
  }
}

/** Runs `node <args>` in `examples/<name>` to its end; rejects with what it printed when that is not 0. */
export async function runExample(name: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL(`../examples/${name}`, import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0)
    throw new Error(`node ${args.join(' ')} in examples/${name} ended with ${String(code)}: ${printed}`)
}
