import { openGeo } from '../ingest/geo.ts'
import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import { describeCount } from './import-count.ts'
import { importFile } from './import-file.ts'
import type { ImportProgress } from './import-file.ts'
import type { ImportWish } from './import-wish.ts'

/** Where the command writes what it has to say. */
export interface ImportScreen {
  readonly isTerminal: boolean
  write(text: string): void
}

const BAR_CHARS = 30
const EVERY_MS = { terminal: 100, elsewhere: 5_000 }

/** Imports a file into an open store, with a progress bar on the way and what became of its lines at the end. Rejects with `CannotImport`. */
export async function runImport(
  wish: ImportWish,
  config: Pick<Config, 'addressMode' | 'geoPath'>,
  { store, screen }: { readonly store: Store; readonly screen: ImportScreen },
): Promise<void> {
  const findPlace = config.geoPath === undefined ? undefined : await openGeo(config.geoPath)
  const began = performance.now()
  let shownAt = began
  const rate = (events: number) => Math.round(events / Math.max(0.001, (performance.now() - began) / 1_000))
  const show = ({ share, lines, events }: ImportProgress) => {
    const everyMs = screen.isTerminal ? EVERY_MS.terminal : EVERY_MS.elsewhere
    if (performance.now() - shownAt < everyMs) return
    shownAt = performance.now()
    const line = `${bar(share)} ${Math.floor(share * 100)} %  ${lines} lines  ${rate(events)} events/s`
    screen.write(screen.isTerminal ? `\r${line}` : `${line}\n`)
  }
  const { format, count, stored, duplicates, resumedAfter } = await importFile(wish, {
    store,
    now: Date.now(),
    addressMode: config.addressMode,
    findPlace,
    onProgress: show,
  })
  if (screen.isTerminal) screen.write('\r\u001b[K')
  const lines = [
    ...(resumedAfter > 0 ? [`Went on after line ${resumedAfter}.`] : []),
    `Read as ${format}, ${rate(count.events)} events/s.`,
    ...describeCount(count),
    `${stored} stored, ${duplicates} were stored before.`,
  ]
  screen.write(`${lines.join('\n')}\n`)
}

function bar(share: number): string {
  const done = Math.min(BAR_CHARS, Math.round(share * BAR_CHARS))
  return `[${'#'.repeat(done)}${' '.repeat(BAR_CHARS - done)}]`
}
