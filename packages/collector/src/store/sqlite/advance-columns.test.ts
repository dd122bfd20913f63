import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { Fact } from '../../ingest/fact.ts'
import { PROPERTY_TIMEOUT_MS } from '../contract/store-place.fixture.ts'
import { distinctFacts } from '../../session/facts.fixture.ts'
import { openDatabase } from './open-database.ts'
import { makeSqlitePlace } from './sqlite-place.fixture.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'

const WORDS = [
  ...['entry_name', 'exit_name', 'entry_path', 'exit_path', 'device', 'country'],
  ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'],
]
const SELECT = `
  select s.id, derived, settled, start, ends_at, duration, s.events, page_views, bounds,
    (select id from identities where row = s.profile_row) as profile,
    (select id from sources where row = s.source_row) as source,
    (select group_concat(text) from (select text from words where s.terms like '%n' || row || ',%' order by text)) as names,
    ${WORDS.map((word) => `(select text from words where row = s.${word}) as ${word}`).join(', ')}
  from sessions s order by s.id`

const stampedFacts = distinctFacts(12).map((facts) =>
  facts.map((fact) => ({ ...fact, event: { ...fact.event, session: fact.event.session ?? { id: 's1' } } })),
)

/** The columns of all sessions, after each of these batches was committed; `reopenAt`: before that batch the file was opened anew. */
async function columnsAfter(batches: readonly (readonly Fact[])[], reopenAt = -1): Promise<unknown[]> {
  const place = await makeSqlitePlace()
  try {
    let db = openDatabase(place.path)
    let store = createSqliteStore(db)
    for (const [i, facts] of batches.entries()) {
      if (i === reopenAt) {
        await store.close()
        db = openDatabase(place.path)
        store = createSqliteStore(db)
      }
      await store.commit(facts)
    }
    const rows = db.prepare<[], { id: PackedId }>(SELECT).all()
    await store.close()
    return rows.map((row) => ({ ...row, id: unpackId(row.id) }))
  } finally {
    await place.remove()
  }
}

propertyTest.prop([stampedFacts, fc.nat(11)], { numRuns: 60 })(
  'a session that is brought forward event by event has the columns of one that is written once',
  async (facts, reopenAt) => {
    const oneByOne = await columnsAfter(
      facts.map((fact) => [fact]),
      reopenAt,
    )
    expect(oneByOne).toEqual(await columnsAfter([facts]))
  },
  PROPERTY_TIMEOUT_MS,
)
