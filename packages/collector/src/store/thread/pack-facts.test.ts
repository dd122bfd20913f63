import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect } from 'vitest'
import { distinctFacts } from '../../session/facts.fixture.ts'
import { encodeBody } from '../sqlite/event-row.ts'
import { createUnpackFacts, packFacts } from './pack-facts.ts'

propertyTest.prop([distinctFacts(12), fc.nat(3), fc.integer()])(
  'what is unpacked is what was packed, with the body that would be stored',
  (drawn, shared, late) => {
    // Some share all of a request, as batches do, and some are told at another time than their sender's.
    const facts = drawn.map((fact, i) => ({
      ...fact,
      context: drawn[i % (shared + 1)]!.context,
      time: i % 3 === 0 ? late : fact.time,
    }))
    const unpacked = createUnpackFacts()(structuredClone(packFacts(facts)))
    expect(unpacked).toEqual(facts.map((fact) => ({ ...fact, body: encodeBody(fact) })))
    const objects = new Map(unpacked.map(({ context }) => [JSON.stringify(context), context]))
    for (const { context } of unpacked) expect(context).toBe(objects.get(JSON.stringify(context)))
  },
)
