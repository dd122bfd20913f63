import { expect, test } from 'vitest'
import { narrow } from './narrow.ts'

test('what is found within filters is found by both', () => {
  expect(narrow({ device: 'mobile', minDuration: '100' }, { minDuration: '61', maxDuration: '180' })).toEqual(
    {
      device: 'mobile',
      minDuration: '100',
      maxDuration: '180',
    },
  )
  expect(narrow({ maxDuration: '100' }, { maxDuration: undefined })).toEqual({ maxDuration: '100' })
  expect(narrow({ maxEvents: '3' }, { maxEvents: '1' })).toEqual({ maxEvents: '1' })
  expect(narrow({ without: 'country' }, { without: 'utm_source,country' })).toEqual({
    without: 'country,utm_source',
  })
  expect(narrow({ firstPages: '["/","/a"]' }, { firstPages: '["/"]' })).toEqual({ firstPages: '["/","/a"]' })
  expect(narrow({ range: '7d' }, { range: undefined, from: 'x' })).toEqual({ range: undefined, from: 'x' })
})
