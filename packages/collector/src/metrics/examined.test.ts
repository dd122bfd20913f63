import { expect, test } from 'vitest'
import { examinedOf } from './examined.ts'
import { all, NOW, withSessions } from './sessions-service.fixture.ts'

test('of many sessions those that began last are told of, and a filter by their start finds just them', async () => {
  const service = await withSessions()
  const { store } = service.collector
  const filters = { definition: 'client', now: NOW }
  const starts = (await all(service)).map(({ metadata }) => metadata.time.insert)
  expect(await examinedOf(store, filters, 60, 60)).toEqual({ filters, told: { examined: 60 } })
  expect(await examinedOf(store, filters, 60, 10)).toEqual({
    filters: { ...filters, from: Date.parse(starts[9]!) },
    told: { examined: 10, examinedFrom: starts[9] },
  })
  expect(await all(service, `from=${starts[9]}`)).toHaveLength(10)

  const twin = { id: 'twin', type: 'page', time: Date.parse(starts[9]!), visitorId: 'v-twin' }
  expect(await service.sendEvents(twin)).toMatchObject({ accepted: 1 })
  const { told } = await examinedOf(store, filters, 61, 10)
  expect(told).toEqual({ examined: 11, examinedFrom: starts[9] })
  expect(await all(service, `from=${starts[9]}`)).toHaveLength(11)
})
