import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** A virtual X display for engines that have no headless mode. */
export interface Display {
  /** The value for `DISPLAY`, such as `:97`. */
  readonly name: string
  readonly process: ChildProcess
}

/** Starts Xvfb on the first display that is free (it picks one and says so on descriptor 3). */
export async function startDisplay(): Promise<Display> {
  const child = spawn(
    '/usr/bin/Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const number = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)))
    child.stdio[3]!.once('data', (text: Buffer) => resolve(text.toString().trim()))
  })
  return { name: `:${number}`, process: child }
}
