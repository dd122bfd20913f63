import type { IntervalMeasures, PreviousSeries } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { comparable } from './comparable.ts'

const day = (date: number): IntervalMeasures => ({
  from: `2024-05-0${date}T00:00:00.000Z`,
  to: `2024-05-0${date + 1}T00:00:00.000Z`,
  ...{ sessions: date, visitors: 1, events: 1, pageViews: 1, meanDuration: null, bounceRate: null },
  ...{ points: 0, conversions: 0, conversionRate: null },
})
const previous: PreviousSeries = { total: day(1), intervals: [day(1), day(2), day(3)] }

test('a period before that is covered is compared whole', () => {
  expect(comparable(previous).map((each) => each?.sessions)).toEqual([1, 2, 3])
})

test('of the time before the first session there is no zero to compare with', () => {
  const since = { ...previous, coveredFrom: '2024-05-02T08:00:00.000Z' }
  expect(comparable(since).map((each) => each?.sessions)).toEqual([undefined, 2, 3])
  expect(comparable(undefined)).toEqual([])
})
