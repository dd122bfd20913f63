import { expect, test } from 'vitest'
import { loadViews, removeView, saveView } from './saved-views.ts'

function memory(start?: string): Pick<Storage, 'getItem' | 'setItem'> {
  let kept = start
  return { getItem: () => kept ?? null, setItem: (_key, value) => void (kept = value) }
}

test('keeps views by name, replaces and forgets them', () => {
  const storage = memory()
  saveView(storage, { name: ' Mobile ', params: { device: 'mobile' } })
  saveView(storage, { name: 'Long', params: { minDuration: '600' } })
  saveView(storage, { name: 'Mobile', params: { device: 'tablet' } })
  expect(loadViews(storage)).toEqual([
    { name: 'Long', params: { minDuration: '600' } },
    { name: 'Mobile', params: { device: 'tablet' } },
  ])
  expect(removeView(storage, 'Long')).toEqual([{ name: 'Mobile', params: { device: 'tablet' } }])
})

test.each(['', 'null', '{"a":1}', '[1, {"name": 2}]', '[{"name":"x","params":{"a":1}}]', '<'])(
  'holds nothing where storage holds %j',
  (text) => {
    expect(loadViews(memory(text))).toEqual([])
  },
)

test('says so where the browser refuses', () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new Error('quota')
    },
  }
  expect(saveView(refusing, { name: 'a', params: {} })).toBeUndefined()
})
