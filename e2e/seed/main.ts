// `npm run seed`: fills a collector, or a database that none is running on, with a realistic month.
import { fillCollector, prepareCollector } from './fill-collector.ts'
import type { SeededCollector } from './fill-collector.ts'
import { serveFile } from './serve-file.ts'
import { USAGE, parseSeedOptions } from './seed-options.ts'

const options = parseSeedOptions(process.argv.slice(2), Date.now())
if (typeof options === 'string') {
  console.error(`${options}\n\n${USAGE}`)
  process.exit(1)
}
const { target, events, until } = options
const startedAt = Date.now()
const served = target.kind === 'file' ? await serveFile(target.path) : undefined
const collector: SeededCollector = target.kind === 'running' ? target : served!
try {
  await prepareCollector(collector)
  let said = 0
  const filled = await fillCollector(collector, { events, until }, (sent) => {
    if (sent < said + events / 10) return
    said = sent
    console.log(`${sent.toLocaleString('en')} events sent`)
  })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `Stored ${filled.accepted.toLocaleString('en')} events (${filled.duplicates.toLocaleString('en')} were there already) ` +
      `in ${filled.batches.toLocaleString('en')} batches and ${seconds} s: the month up to ${new Date(until).toISOString()}.`,
  )
} finally {
  await served?.stop()
}
