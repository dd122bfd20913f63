import { expect, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import type { Source } from '../store.ts'
import { allSessions } from './read-all.fixture.ts'
import type { MakeStorePlace } from './store-place.fixture.ts'

const SHOP: Source = {
  id: 'shop',
  name: 'Shop',
  type: 'product',
  origins: ['https://shop.example'],
  writeKey: 'pk_1',
}

/** Sources, settings, and whether the store takes writes. */
export function administrationContract(withStore: MakeStorePlace): void {
  test('sources are kept, and each id and write key is given once', async () => {
    const place = await withStore()
    const store = await place.open()
    expect(await store.sources()).toEqual([])
    expect(await store.addSource(SHOP)).toBe(true)
    expect(await store.addSource({ ...SHOP, writeKey: 'pk_2' })).toBe(false)
    expect(await store.addSource({ ...SHOP, id: 'other' })).toBe(false)
    expect(await store.addSource({ ...SHOP, id: 'other', writeKey: 'pk_2', origins: [] })).toBe(true)
    await store.close()
    expect(await (await place.open()).sources()).toEqual([
      SHOP,
      { ...SHOP, id: 'other', writeKey: 'pk_2', origins: [] },
    ])
    await place.remove()
  })

  test('a source is changed whole, and never gets the key of another', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.addSource(SHOP)
    await store.addSource({ ...SHOP, id: 'other', writeKey: 'pk_2' })
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    const changed: Source = { id: 'shop', name: 'Store', type: 'docs', origins: [], writeKey: 'pk_3' }
    expect(await store.changeSource(changed)).toBe(true)
    expect(await store.changeSource({ ...changed, writeKey: 'pk_2' })).toBe(false)
    expect(await store.changeSource({ ...changed, id: 'never', writeKey: 'pk_4' })).toBe(false)
    expect((await store.session('client', 's', NOON))?.source).toEqual({
      id: 'shop',
      name: 'Store',
      type: 'docs',
    })
    await store.removeSource('other')
    expect(await store.changeSource({ ...SHOP, id: 'other', writeKey: 'pk_5' })).toBe(false)
    await store.close()
    expect(await (await place.open()).sources()).toEqual([changed])
    await place.remove()
  })

  test('a removed source is gone, its facts are not, and neither its id nor its key comes back', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.addSource(SHOP)
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    expect(await store.removeSource('shop')).toBe(true)
    expect(await store.removeSource('shop')).toBe(false)
    expect(await store.removeSource('never')).toBe(false)
    expect(await store.sources()).toEqual([])
    expect((await store.session('client', 's', NOON))?.source).toEqual({
      id: 'shop',
      name: 'Shop',
      type: 'product',
    })
    expect(await store.addSource(SHOP)).toBe(false)
    expect(await store.addSource({ ...SHOP, id: 'other' })).toBe(false)
    await place.remove()
  })

  test('facts that arrive before their source is known find it later', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.commit([makeFact({ id: 'a', session: { id: 's' } })])
    expect((await store.session('client', 's', NOON))?.source).toEqual({
      id: 'shop',
      name: 'shop',
      type: 'unknown',
    })
    expect(await store.sources()).toEqual([])
    expect(await store.removeSource('shop')).toBe(false)
    expect(await store.addSource(SHOP)).toBe(true)
    expect((await allSessions(store, { source: 'Shop' })).map(({ source }) => source.type)).toEqual([
      'product',
    ])
    await place.remove()
  })

  test('settings are kept under any name', async () => {
    const place = await withStore()
    const store = await place.open()
    for (const name of ['admin-token', '__proto__', "x'; drop table settings; --", '']) {
      expect(await store.setting(name)).toBeUndefined()
      await store.putSetting(name, `first ${name}`)
      await store.putSetting(name, `last ${name}`)
    }
    await store.close()
    const again = await place.open()
    expect(await again.setting('__proto__')).toBe('last __proto__')
    expect(await again.setting("x'; drop table settings; --")).toBe("last x'; drop table settings; --")
    await place.remove()
  })

  test('a healthy store says that it takes writes, and can be closed twice', async () => {
    const place = await withStore()
    const store = await place.open()
    await store.checkWritable()
    await store.checkWritable()
    await store.close()
    await store.close()
    await place.remove()
  })
}
