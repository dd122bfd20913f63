import { cpus, release, totalmem, arch } from 'node:os'
import Database from 'better-sqlite3'

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly sqlite: string
}

/** Describes this machine. */
export function describeMachine(): Machine {
  const database = new Database(':memory:')
  const sqlite = database.prepare<[], string>('select sqlite_version()').pluck().get()!
  database.close()
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()} ${arch()}`,
    node: process.version,
    sqlite,
  }
}

/** The machine in one line. */
export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGiB, system, node, sqlite } = machine
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, SQLite ${sqlite}`
}
