import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openGeo } from './geo.ts'
import { writeMmdb } from './mmdb.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'sojourn-geo-'))
afterAll(() => rmSync(folder, { recursive: true }))

const paris = {
  country: { iso_code: 'FR', names: { en: 'France', fr: 'la France' } },
  city: { names: { en: 'Paris' } },
  location: { latitude: 48.85, longitude: 2.35, accuracy_radius: 20 },
}

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

test('the place of an address, in the words of the session object', async () => {
  const findPlace = await openGeo(file('city.mmdb', writeMmdb('203.0.113.0', paris)))
  const geo = { country: { code: 'FR', name: 'France' }, city: 'Paris', latitude: 48.85, longitude: 2.35 }
  expect(findPlace('203.0.113.77')).toEqual(geo)
  expect(findPlace('::ffff:203.0.113.77')).toEqual(geo)
  expect(findPlace('203.0.114.77')).toBeUndefined()
  for (const address of ['::1', 'unknown', '', undefined]) expect(findPlace(address)).toBeUndefined()
})

test('a file that knows countries only', async () => {
  const findPlace = await openGeo(
    file('country.mmdb', writeMmdb('203.0.113.0', { country: { iso_code: 'FR' } })),
  )
  expect(findPlace('203.0.113.1')).toEqual({ country: { code: 'FR', name: 'FR' } })
})

test('a missing file or one of another format is refused at start', async () => {
  await expect(openGeo(join(folder, 'missing.mmdb'))).rejects.toThrow()
  await expect(openGeo(file('text.mmdb', 'not a database'))).rejects.toThrow()
})
