import { setTimeout as sleep } from 'node:timers/promises'

const SPIN_MS = 10
const EVERY_MS = 150

/**
 * Measures, until `stop` is called, how much longer than on a machine of its own a process takes here: 1 where a core is free, 3 where it
 * gets a third of one. Bounds on time are multiplied by it, so that they judge what is measured and not what else runs on this machine.
 */
export function startOwnShare(): { stop(): Promise<number> } {
  let isStopped = false
  let wallMs = 0
  let cpuMs = 0

  async function measure(): Promise<void> {
    while (!isStopped) {
      const start = performance.now()
      const before = process.cpuUsage()
      const usedMs = (): number => {
        const { user, system } = process.cpuUsage(before)
        return (user + system) / 1_000
      }
      while (usedMs() < SPIN_MS);
      wallMs += performance.now() - start
      cpuMs += usedMs()
      await sleep(EVERY_MS)
    }
  }

  const done = measure()
  return {
    async stop() {
      isStopped = true
      await done
      return Math.max(1, wallMs / cpuMs)
    },
  }
}
