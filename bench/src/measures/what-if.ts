import type { Figure } from '../figure.ts'
import { percentile } from '../load/percentile.ts'
import { askApi } from '../process/api.ts'
import { countStoredEvents } from '../process/stored-events.ts'
import { countByBruteForce } from './lag-baseline.ts'
import type { World } from './world.ts'

const TIMES = 100
const FIELDS = ['sessions', 'bounces', 'totalDurationMs'] as const

type Answer = { readonly timeoutMs: number } & { readonly [Field in (typeof FIELDS)[number]]: number }

/** How long what-if takes over HTTP, for every timeout of its grid at once; its figures must be those of a count of every single gap. */
export async function measureWhatIf(world: World): Promise<Figure[]> {
  const ask = async () =>
    (await askApi<{ timeouts: readonly Answer[] }>(world.collector.port, '/definitions/what-if')).timeouts
  const answers = await ask()
  const counted = countByBruteForce(
    world.file,
    answers.map(({ timeoutMs }) => timeoutMs),
  )
  answers.forEach((answer, i) => {
    for (const field of FIELDS)
      if (answer[field] !== counted[i]![field])
        throw new Error(
          `what-if says ${answer[field]} ${field} at ${answer.timeoutMs} ms, and there are ${counted[i]![field]}`,
        )
  })
  const times = new Float64Array(TIMES)
  for (let i = 0; i < TIMES; i++) {
    const start = performance.now()
    await ask()
    times[i] = performance.now() - start
  }
  times.sort()
  const events = countStoredEvents(world.file)
  world.say(`what-if: equal to brute force at ${answers.length} timeouts`)
  return [
    {
      name: `what-if, all ${answers.length} timeouts at once, ${(events / 1e6).toPrecision(2)} M events, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      promise: { atMost: 20 },
      note: `p50 ${percentile(times, 0.5).toFixed(1)} ms; equal to a count of all gaps`,
    },
  ]
}
