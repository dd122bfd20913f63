import { fc, test } from '@fast-check/vitest'
import { v5 } from 'uuid'
import { expect } from 'vitest'
import { nameUuid, namespaceOf } from './name-uuid.ts'

test.prop([
  fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 1_200, maxLength: 5_000 })),
  fc.uuid(),
])('is the UUIDv5 of the name', (name, namespace) => {
  expect(nameUuid(name, namespaceOf(namespace))).toBe(v5(name, namespace))
})
