import { expect, test } from 'vitest'
import { parseBenchOptions, parseCount } from './options.ts'

test('counts are written as people say them', () => {
  expect(['7', '100k', '10M', '', '0', '1.5m', '-3', '10 m'].map(parseCount)).toEqual([
    7,
    100_000,
    10_000_000,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a wrong argument is answered with how they are written', () => {
  expect(parseBenchOptions(['--events', '10m', '--json', 'x.json'])).toEqual({
    events: 10_000_000,
    rounds: 3,
    json: 'x.json',
  })
  expect(() => parseBenchOptions(['--events', 'many'])).toThrow('npm run bench')
  expect(() => parseBenchOptions(['--evnts', '1'])).toThrow('--evnts')
})
