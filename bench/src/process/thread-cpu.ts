import { readFileSync, readdirSync } from 'node:fs'

/** CPU seconds that each thread of a process has used since it began, by thread id. */
export type ThreadCpu = ReadonlyMap<number, number>

/** CPU seconds of a process, by what its threads do. */
export interface CpuUse {
  /** Node's first thread: HTTP and parsing. */
  readonly main: number
  /** The other threads that used any, the busiest first: the collector's workers, then V8's and libuv's. */
  readonly others: readonly number[]
  readonly total: number
}

/** Reads `/proc/<pid>/task/<tid>/schedstat`, whose first number is nanoseconds on a CPU. Empty where there is no such file (not Linux). */
export function readThreadCpu(pid: number): ThreadCpu {
  const threads = new Map<number, number>()
  for (const tid of listThreads(pid)) {
    try {
      const stat = readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8')
      threads.set(Number(tid), Number(stat.split(' ')[0]) / 1e9)
    } catch {
      // The thread ended between the two reads.
    }
  }
  return threads
}

/** What a process used between two readings. A thread that ended in between is not counted. */
export function cpuBetween(pid: number, before: ThreadCpu, after: ThreadCpu): CpuUse {
  const used = [...after].map(([tid, seconds]) => ({ tid, seconds: seconds - (before.get(tid) ?? 0) }))
  const main = used.find(({ tid }) => tid === pid)?.seconds ?? 0
  const others = used
    .filter(({ tid, seconds }) => tid !== pid && seconds > 0)
    .map(({ seconds }) => seconds)
    .sort((a, b) => b - a)
  return { main, others, total: others.reduce((sum, seconds) => sum + seconds, main) }
}

/** `sysconf(_SC_CLK_TCK)` of every Linux: ticks of `/proc/<pid>/stat` a second. */
const TICKS_A_SECOND = 100

/** CPU seconds of a whole process since it began, also of its threads that have ended, from `/proc/<pid>/stat`. NaN where there is no such file. */
export function readProcessCpu(pid: number): number {
  try {
    // The name of the command is in brackets, and may hold anything.
    const [, fields] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!
    const [userTicks, systemTicks] = fields!.split(' ').slice(11, 13).map(Number)
    return (userTicks! + systemTicks!) / TICKS_A_SECOND
  } catch {
    return NaN
  }
}

/** Resident memory of a process in bytes, from `/proc/<pid>/status`: now, and the most it ever was. NaN where there is no such file. */
export function readMemory(pid: number): { readonly now: number; readonly peak: number } {
  let status = ''
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    // Not Linux, or the process is gone.
  }
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) * 1024
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') }
}

function listThreads(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}
