import { expect, test } from 'vitest'
import { COLUMNS, chosenColumns, columnsParam } from './columns.tsx'

const keys = (text: string | undefined): readonly string[] => chosenColumns(text).map((column) => column.key)

test('shows the usual columns where the address names none, or none there is', () => {
  expect(keys(undefined)).toContain('started')
  expect(keys('nonsense')).toEqual(keys(undefined))
})

test('shows named columns in the order of the table', () => {
  expect(keys('duration,session')).toEqual(['session', 'duration'])
})

test('says nothing in the address for the usual columns, and the names of others', () => {
  expect(columnsParam(new Set(keys(undefined)))).toBeUndefined()
  expect(columnsParam(new Set(['tags', 'session']))).toBe('session,tags')
})

test('every column has a name of its own', () => {
  expect(new Set(COLUMNS.map((column) => column.key)).size).toBe(COLUMNS.length)
})
