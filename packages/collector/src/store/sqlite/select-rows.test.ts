import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { distinctFacts } from '../../session/facts.fixture.ts'
import type { MetricFilters } from '../queries.ts'
import { openDatabase } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { TUNING } from './tuning.ts'

const HOUR_MS = 3_600_000

/** Filters that no index of sums answers, drawn from what some fact holds. */
function filtersFor({ event, time }: Fact, kind: number): MetricFilters {
  const base = { definition: 'client', now: time + HOUR_MS }
  const kinds = [
    { event: event.name },
    { path: event.page?.path ?? '/' },
    { tag: event.tags?.[0] ?? 'cta' },
    { event: event.name, path: event.page?.path ?? '/', device: 'desktop' },
    { profile: event.userId ?? event.visitorId! },
    { event: event.name, from: time - HOUR_MS, to: time + 1 },
    { status: 'ended' as const, minEvents: 2 },
    { status: 'started' as const },
  ]
  return { ...base, ...kinds[kind % kinds.length]! }
}

test('sums are the same by an index that leads to few sessions as by reading all of them', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(distinctFacts(60), fc.nat(59), fc.nat(7), async (facts, at, kind) => {
      fc.pre(facts.length > 0)
      const folder = mkdtempSync(join(tmpdir(), 'sojourn-rows-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      const open = (gatheredSums: number) =>
        createSqliteStore(openDatabase(join(folder, 'sojourn.db')), {
          ...TUNING,
          liveSessions: 0,
          gatheredSums,
        })
      const [gathering, reading] = [open(1_000), open(-1)]
      for (let i = 0; i < facts.length; i += 20) await gathering.commit(facts.slice(i, i + 20))
      const fact = facts[at % facts.length]!
      const filters = filtersFor(fact, kind)
      const bounds = [fact.time - 48 * HOUR_MS, fact.time - HOUR_MS, fact.time + 1, fact.time + 48 * HOUR_MS]
      const answers = async (store: typeof gathering) => [
        await store.sessionSums(filters),
        await store.sessionSumsBetween(filters, bounds),
        await store.sessionDurations(filters, [0, 10, 60]),
        await store.sessionGroups(filters, 'devices', 5),
        await store.sessionGroups(filters, 'entries', 5),
        await store.sessionSpan(filters),
      ]
      const [gathered, read] = [await answers(gathering), await answers(reading)]
      expect(gathered).toEqual(read)
      found += (await gathering.sessionSums(filters)).sessions
      await gathering.close()
      await reading.close()
    }),
    { numRuns: 40 },
  )
  expect(found).toBeGreaterThan(20)
}, 60_000)
