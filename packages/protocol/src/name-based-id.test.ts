import { fc, test as propertyTest } from '@fast-check/vitest'
import { v5, validate, version } from 'uuid'
import { expect, test } from 'vitest'
import { UUID, formatId, nameBasedId } from './name-based-id.ts'

propertyTest.prop([fc.string({ unit: 'binary', maxLength: 300 }), fc.uuid()])(
  'an id is the one that the uuid package makes of the same name and namespace',
  (name, namespace) => {
    expect(nameBasedId(name, namespace)).toBe(v5(name, namespace))
  },
)

test.each([39, 40, 47, 48, 103, 104])('a name of %i bytes ends at the edge of a SHA-1 block', (length) => {
  expect(nameBasedId('x'.repeat(length), v5.URL)).toBe(v5('x'.repeat(length), v5.URL))
})

test('a lone surrogate counts as the replacement character', () => {
  expect(nameBasedId('a\ud800b\udc00', v5.DNS)).toBe(v5('a\ufffdb\ufffd', v5.DNS))
  expect(nameBasedId('😀', v5.DNS)).toBe(v5('😀', v5.DNS))
})

propertyTest.prop([fc.array(fc.nat(255), { minLength: 16, maxLength: 24 })])(
  'bytes become a valid v4',
  (bytes) => {
    const id = formatId(bytes, 4)
    expect(id).toMatch(UUID)
    expect(validate(id) && version(id)).toBe(4)
  },
)
