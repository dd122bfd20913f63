import { expect, test } from 'vitest'
import { histogramText, metricText } from './prometheus.ts'

test('a bucket counts all values up to its bound', () => {
  const counts = { bounds: [0.1, 1], counts: [2, 3, 1], count: 6, sum: 4.5 }
  expect(histogramText('took_seconds', 'How long it took.', counts)).toBe(
    `# HELP took_seconds How long it took.
# TYPE took_seconds histogram
took_seconds_bucket{le="0.1"} 2
took_seconds_bucket{le="1"} 5
took_seconds_bucket{le="+Inf"} 6
took_seconds_sum 4.5
took_seconds_count 6
`,
  )
})

test('labels hold any text, each sample on one line', () => {
  const samples = [{ labels: { a: 'x"\\\n{}', b: '' }, value: 1 }, { value: -0.5 }]
  expect(metricText('m', { type: 'gauge', help: 'Help.', samples })).toBe(
    `# HELP m Help.
# TYPE m gauge
m{a="x\\"\\\\\\n{}",b=""} 1
m -0.5
`,
  )
})
