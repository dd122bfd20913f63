import { describe, expect, test, vi } from 'vitest'
import type { Answer } from '../api/request.ts'
import { problemOf } from '../api/problem.ts'
import type { PageStart, RowsPage } from './row-store.ts'
import { MAX_HELD_PAGES, PAGE_ROWS, createRowStore } from './row-store.ts'

/** A list of numbers behind an API that answers page by page; it counts what it was asked. */
function numbers(total: number): {
  asked: number[]
  isFailing: boolean
  load: (start: PageStart) => Promise<Answer<RowsPage<number>>>
} {
  const api = {
    asked: [] as number[],
    isFailing: false,
    load: async ({ cursor, skip }: PageStart): Promise<Answer<RowsPage<number>>> => {
      const start = Number(cursor ?? skip)
      api.asked.push(start)
      if (api.isFailing) return { ok: false, problem: problemOf(503) }
      const rows = Array.from(
        { length: Math.max(0, Math.min(PAGE_ROWS, total - start)) },
        (_, at) => start + at,
      )
      const end = start + rows.length
      return { ok: true, value: { rows, next: end < total ? String(end) : null } }
    },
  }
  return api
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('createRowStore', () => {
  test('reads what is in sight and two pages ahead, and no more', async () => {
    const api = numbers(1_000)
    const rows = createRowStore(api.load, () => {})
    rows.show(0, 30)
    await settled()
    expect(api.asked).toEqual([0, 100, 200])
    expect([rows.count(), rows.isComplete(), rows.rowAt(150)]).toEqual([300, false, 150])
  })

  test('comes to an end and counts exactly', async () => {
    const api = numbers(250)
    const rows = createRowStore(api.load, () => {})
    for (let last = 30; last <= 250; last += 55) {
      rows.show(last - 30, last)
      await settled()
    }
    expect([rows.count(), rows.isComplete(), rows.rowAt(249), rows.rowAt(250)]).toEqual([
      250,
      true,
      249,
      undefined,
    ])
    expect(api.asked).toEqual([0, 100, 200])
  })

  test('an empty list is complete', async () => {
    const rows = createRowStore(numbers(0).load, () => {})
    rows.show(0, 1)
    await settled()
    expect([rows.count(), rows.isComplete()]).toEqual([0, true])
  })

  test('forgets pages far from sight and reads them again by their cursor', async () => {
    const api = numbers(10_000)
    const rows = createRowStore(api.load, () => {})
    for (let first = 0; first <= 4_000; first += 100) {
      rows.show(first, first + 30)
      await settled()
    }
    expect(rows.held().length).toBeLessThanOrEqual(MAX_HELD_PAGES * PAGE_ROWS)
    expect(rows.rowAt(5)).toBeUndefined()
    expect(rows.rowAt(4_005)).toBe(4_005)
    rows.show(0, 30)
    await settled()
    expect(rows.rowAt(5)).toBe(5)
    expect(rows.count()).toBeGreaterThan(4_000)
  })

  test('reads where a drag of the scroll bar leads to, and on from there both ways', async () => {
    const api = numbers(1_000_000)
    const onChange = vi.fn()
    const rows = createRowStore(api.load, onChange)
    rows.show(0, 30)
    await settled()
    onChange.mockClear()
    rows.expect(1_000_000)
    expect(onChange).toHaveBeenCalledOnce()
    api.asked.length = 0
    rows.show(700_050, 700_080)
    await settled()
    expect(api.asked).toEqual([700_000, 700_100, 700_200])
    expect([rows.rowAt(700_060), rows.count(), rows.isComplete()]).toEqual([700_060, 1_000_000, false])
    rows.show(699_990, 700_020)
    await settled()
    expect(api.asked.slice(3)).toEqual([699_900, 699_800, 699_700])
    rows.show(999_970, 1_000_000)
    await settled()
    expect([rows.rowAt(999_999), rows.isComplete()]).toEqual([999_999, true])
  })

  test.each([0, 120, 700, 2_000])(
    'counts exactly in the end, where %i rows were expected',
    async (expected) => {
      const rows = createRowStore(numbers(350).load, () => {})
      rows.expect(expected)
      for (let round = 0; round < 20; round++) {
        rows.show(Math.max(0, rows.count() - 30), Math.max(1, rows.count()))
        await settled()
      }
      expect([rows.count(), rows.isComplete(), rows.rowAt(349)]).toEqual([350, true, 349])
    },
  )

  test('stops at a problem and goes on when told to', async () => {
    const api = numbers(300)
    const rows = createRowStore(api.load, () => {})
    api.isFailing = true
    rows.show(0, 30)
    await settled()
    expect(rows.problem()?.kind).toBe('busy')
    rows.show(0, 31)
    await settled()
    expect(api.asked).toEqual([0])
    api.isFailing = false
    rows.retry()
    await settled()
    expect(rows.problem()).toBeUndefined()
    expect(rows.rowAt(0)).toBe(0)
  })
})
