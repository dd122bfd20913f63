import { fc, test as propertyTest } from '@fast-check/vitest'
import { v5, validate, version } from 'uuid'
import { expect } from 'vitest'
import { UUID, formatId, hexText, nameBasedId } from './name-based-id.ts'

propertyTest.prop([fc.string({ unit: 'binary-ascii', maxLength: 39 }), fc.uuid()])(
  'an id is the one that the uuid package makes of the same name and namespace',
  (name, namespace) => {
    expect(nameBasedId(name, namespace)).toBe(v5(name, namespace))
  },
)

propertyTest.prop([fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'binary' })])(
  'other texts make some UUID, the same each time',
  (name, namespace) => {
    const id = nameBasedId(name, namespace)
    expect(validate(id) && version(id)).toBe(5)
    expect(nameBasedId(name, namespace)).toBe(id)
  },
)

propertyTest.prop([fc.array(fc.nat(2 ** 32 - 1), { minLength: 4, maxLength: 5 })])(
  '128 bits and more become a valid UUIDv4 of these bits',
  (words) => {
    const id = formatId(hexText(words), 4)
    expect(id).toMatch(UUID)
    expect(validate(id) && version(id)).toBe(4)
    expect(parseInt(id.slice(0, 8), 16)).toBe(words[0])
  },
)
