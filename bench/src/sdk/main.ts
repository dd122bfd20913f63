// `npm run bench -- sdk`: what our SDK costs a page, beside four others, in a real Chromium.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { formatTable, isKept } from '../figure.ts'
import { parseCount } from '../options.ts'
import { describeMachine, machineLine } from '../process/machine.ts'
import { bundle } from './bundle.ts'
import type { Bundle } from './bundle.ts'
import { launchChromium } from './chromium-page.ts'
import { formatComparison, ourFigures } from './comparison.ts'
import type { Measured } from './comparison.ts'
import { installRivals } from './install-rivals.ts'
import { startLoopbackServer } from './loopback-server.ts'
import { measureLayouts, measureSpeed, measureTraffic } from './measure.ts'
import type { SpeedSample } from './measure.ts'
import { SUBJECTS } from './subjects.ts'

const SLOWDOWN = 4

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, json: { type: 'string' }, only: { type: 'string' } },
})
const rounds = parseCount(values.rounds)
const names = values.only?.split(',') ?? SUBJECTS.map(({ name }) => name)
const chosen = SUBJECTS.filter(({ name }, place) => place === 0 || names.includes(name))
if (rounds === undefined || names.some((name) => SUBJECTS.every((subject) => subject.name !== name)))
  throw new Error(
    `Usage: npm run bench -- sdk [--rounds 5] [--json FILE] [--only ${SUBJECTS.map(({ name }) => name).join(',')}]`,
  )

const say = (line: string): void => void process.stderr.write(`${line}\n`)
await installRivals(say)
const bundles = await Promise.all(chosen.map(bundle))
const server = await startLoopbackServer()
const browser = await launchChromium()
const samples = new Map(bundles.map((one) => [one, { full: [] as SpeedSample[], slow: [] as SpeedSample[] }]))
for (let round = 1; round <= rounds; round++)
  for (const [one, { full, slow }] of samples) {
    say(`Round ${round} of ${rounds}: ${one.subject.name}`)
    full.push(await measureSpeed(browser, server, one, 1))
    slow.push(await measureSpeed(browser, server, one, SLOWDOWN))
  }
const all: Measured[] = []
for (const one of bundles) all.push(await measureRest(one))
await browser.close()
server.stop()

const machine = { ...describeMachine(), browser: `Chromium ${browser.version()}` }
const figures = ourFigures(all[0]!)
console.log(`\n${machineLine(machine)}, ${machine.browser}; medians of ${rounds} rounds that took turns\n`)
console.log(`${formatComparison(all)}\n\nOurs, and what is promised of it:\n\n${formatTable(figures)}`)
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, rounds, figures, all }, undefined, 2)}\n`)
process.exitCode = figures.some((figure) => isKept(figure) === false) ? 1 : 0

/** What needs no rounds: it does not depend on the speed of the machine. */
async function measureRest(one: Bundle): Promise<Measured> {
  say(`Requests and layouts: ${one.subject.name}`)
  return {
    name: one.subject.name,
    version: one.version,
    brotliBytes: one.brotliBytes,
    ...samples.get(one)!,
    traffic: await measureTraffic(browser, server, one),
    forcedLayouts: await measureLayouts(browser, server, one),
  }
}
