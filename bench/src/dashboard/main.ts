// `npm run bench -- dashboard`: how the dashboard feels over a million sessions, in a real Chromium.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatTable, isKept } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { parseCount } from '../options.ts'
import { askApi } from '../process/api.ts'
import { addSource, startCollector } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { describeMachine, machineLine } from '../process/machine.ts'
import { createWorkFolder, exitOnSignals } from '../process/work-folder.ts'
import { launchChromium, openDashboard } from './dashboard-page.ts'
import { measureSlider } from './drag-slider.ts'
import { fillSessions } from './fill-sessions.ts'
import { measureFirstView } from './first-view.ts'
import { measureScrolling } from './scroll-sessions.ts'

const FIRST_VIEWS = 2

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1m' },
    seconds: { type: 'string', default: '15' },
    json: { type: 'string' },
    /** A folder that is kept: filled at the first run, measured as it is at the next. */
    keep: { type: 'string' },
  },
})
const sessions = parseCount(values.sessions)
const seconds = parseCount(values.seconds)
if (sessions === undefined || seconds === undefined)
  throw new Error(
    'Usage: npm run bench -- dashboard [--sessions 1m] [--seconds 15] [--keep FOLDER] [--json FILE]',
  )

const say = (line: string): void => void process.stderr.write(`${line}\n`)
exitOnSignals()
const folder = values.keep ?? createWorkFolder()
const isFilled = existsSync(join(folder, 'sojourn.db'))
mkdirSync(folder, { recursive: true })
const collector = startCollector({ folder, port: await freePort() })
await collector.ready()
if (!isFilled) {
  await addSource(collector.port)
  await fillSessions(collector.port, sessions, Date.now(), say)
}
// Answered once, so that what comes is measured on a warm collector.
const { total } = await askApi<{ total: { sessions: number } }>(collector.port, '/metrics/devices?limit=1')
say(`${total.sessions.toLocaleString('en')} sessions`)

const browser = await launchChromium()
const figures: Figure[] = []
const add = (more: readonly Figure[]): void => {
  figures.push(...more)
  say(formatTable(more))
}
add(await measureFirstView(browser, collector.port, FIRST_VIEWS))
const page = await openDashboard(browser, collector.port)
add(await measureSlider(page, seconds))
add(await measureScrolling(page, seconds, say))
const machine = { ...describeMachine(), browser: `Chromium ${browser.version()}` }
await browser.close()
await collector.stop()

console.log(
  `\n${machineLine(machine)}, ${machine.browser}; ${total.sessions.toLocaleString('en')} sessions\n`,
)
console.log(formatTable(figures))
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, sessions: total.sessions, figures }, undefined, 2)}\n`,
  )
process.exitCode = figures.some((figure) => isKept(figure) === false) ? 1 : 0
