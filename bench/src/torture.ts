// `npm run torture`: mistreats a real collector in every way we know, and says what was lost. The exit code is the truth.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createWorkFolder, exitOnSignals } from './process/work-folder.ts'
import { diskFull } from './torture/disk-full.ts'
import { readLog } from './process/collector.ts'
import { damage } from './torture/damage.ts'
import { disorder } from './torture/disorder.ts'
import { fuzz } from './torture/fuzz.ts'
import { kill } from './torture/kill.ts'
import { lostAnswers } from './torture/lost-answers.ts'
import { oddClients } from './torture/odd-clients.ts'
import { slowSenders } from './torture/slow-senders.ts'
import { overload } from './torture/overload.ts'
import type { Outcome, Scenario } from './torture/scenario.ts'
import { upgrade } from './torture/upgrade.ts'
import { writeErrors } from './torture/write-errors.ts'

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  kill,
  upgrade,
  'disk-full': diskFull,
  'write-errors': writeErrors,
  'lost-answers': lostAnswers,
  disorder,
  overload,
  damage,
  fuzz,
  'slow-senders': slowSenders,
  'odd-clients': oddClients,
}

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const chosen = values.only === undefined ? Object.keys(SCENARIOS) : values.only.split(',')
const unknown = chosen.filter((name) => !Object.hasOwn(SCENARIOS, name))
if (unknown.length > 0 || !/^\d+$/.test(values.seed))
  throw new Error(
    `Usage: npm run torture -- [--short] [--seed 1] [--only ${Object.keys(SCENARIOS).join(',')}]`,
  )

exitOnSignals()
const root = createWorkFolder()
let failed = 0
let skipped = 0
for (const name of chosen) {
  const scenario = SCENARIOS[name]!
  const folder = join(root, name)
  mkdirSync(folder)
  const start = performance.now()
  const outcome = await tryOut(scenario, folder)
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  const verdict =
    outcome.skipped !== undefined ? 'skipped' : outcome.failures.length > 0 ? 'FAILED ' : 'ok     '
  console.log(`${verdict} ${scenario.name} (${seconds} s)`)
  if (outcome.skipped !== undefined) {
    skipped++
    console.log(`    ${outcome.skipped}`)
  }
  const counts = Object.entries(outcome.counts).map(([what, count]) => `${what} ${count}`)
  if (counts.length > 0) console.log(`    ${counts.join(', ')}`)
  for (const failure of outcome.failures) console.log(`  ! ${failure}`)
  const log = readLog({ folder, port: 0 })
  if (outcome.failures.length > 0 && log !== '')
    console.log(`  the collector's last lines:\n${log.slice(-2_000)}`)
  if (outcome.failures.length > 0) failed++
}
const passed = chosen.length - failed - skipped
// As the other commands of this workspace end, so that CI can add them up.
console.log(
  `Checks  ${failed > 0 ? `${failed} failed | ` : ''}${passed} passed${skipped > 0 ? ` | ${skipped} skipped` : ''} (${chosen.length})`,
)
process.exit(failed > 0 ? 1 : 0)

async function tryOut(scenario: Scenario, folder: string): Promise<Outcome> {
  try {
    return await scenario.run({ folder, short: values.short, seed: Number(values.seed) })
  } catch (error) {
    return { counts: {}, failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
}
