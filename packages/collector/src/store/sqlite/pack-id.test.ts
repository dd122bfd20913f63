import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { isCanonicalUuid } from '../../session/event-order.ts'
import { packId, unpackId } from './pack-id.ts'

const UUID = '01a1f8e5-de09-754d-865d-df825847602e'

/** Texts that are UUIDs, or nearly: one character is another. */
const nearlyUuids = fc
  .tuple(
    fc.uuid(),
    fc.nat(35),
    fc.constantFrom('', '-', 'g', 'A', '0', 'f', '\u0130', '\uffff', '`', '/', ':'),
  )
  .map(([uuid, at, other]) => (other === '' ? uuid : uuid.slice(0, at) + other + uuid.slice(at + 1)))

test('a canonical UUID becomes its bytes', () => {
  expect(packId(UUID)).toEqual(Buffer.from(UUID.replaceAll('-', ''), 'hex'))
})

test.each(['', 'order-4711', UUID.toUpperCase(), `${UUID} `, UUID.replaceAll('-', '')])('%o stays', (id) => {
  expect(packId(id)).toBe(id)
})

propertyTest.prop([fc.oneof(nearlyUuids, fc.string({ maxLength: 40 }))])(
  'exactly canonical UUIDs are packed, and every id comes back as it was',
  (id) => {
    const packed = packId(id)
    expect(typeof packed === 'string').toBe(!isCanonicalUuid(id))
    expect(unpackId(packed)).toBe(id)
  },
)
