import { cp, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { TOKEN, startCollectorProcess } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'
import { waitUntil } from '../engines/wait-until.ts'
import { fillCollector, prepareCollector } from '../seed/fill-collector.ts'

/** As `npm run seed` sends by itself. */
const EVENTS = 100_000
const MOST_MS = 110_000

/** Starts a collector of the caller's own over the seed's whole month, up to when the run began. Filled once for all files of a run; allow it two minutes. */
export async function startSeededCollector(): Promise<CollectorProcess> {
  const folder = join(inject('seedFolder'), 'month')
  if (await isFirst()) await fill(folder)
  await waitUntil('the seeded month', () => exists(folder), MOST_MS)
  return startCollectorProcess({}, folder)
}

/** Files run beside one another; to make a folder is given to one of them. */
function isFirst(): Promise<boolean> {
  return mkdir(join(inject('seedFolder'), 'begun')).then(
    () => true,
    () => false,
  )
}

async function fill(folder: string): Promise<void> {
  const collector = await startCollectorProcess()
  const seeded = { url: `http://127.0.0.1:${collector.port}`, token: TOKEN }
  await prepareCollector(seeded)
  await fillCollector(seeded, { events: EVENTS, until: Date.now() })
  // Told once, the sessions of persons are there in every copy.
  for (const path of [
    'profiles?limit=1',
    'sessions?definition=product&limit=1',
    'definitions/what-if',
    'definitions/suggest',
  ])
    await waitUntil(
      `an answer of ${path}`,
      () =>
        collector.read(`/v1/${path}`).then(
          () => true,
          () => false,
        ),
      MOST_MS,
    )
  await collector.stop()
  await cp(collector.folder, `${folder}.part`, { recursive: true })
  await rename(`${folder}.part`, folder)
  await collector.end()
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
