import { profileId } from '../../../session/derived-id.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import { readStatement } from '../read-statement.ts'

/** Of users whose ids begin alike, so many are looked at, in the order of their ids: however many there are, the search takes milliseconds. */
const MOST_EXAMINED = 1_000
/** Fewer digits of a profile's id tell nobody apart. */
const FEWEST_DIGITS = 4
const ID_BYTES = 16

/**
 * Prepares the search for persons over the reading connection of a story of the scope `profile`. It finds the rows of the identities whose
 * user id or profile id begins with a text, in whatever case, and of the visitor that has it as its id, or whom that visitor turned out
 * to be; whose last session began last comes first.
 */
export function createSearchProfiles(
  db: SqliteDatabase,
): (search: string, limit: number) => readonly number[] {
  const search = db.prepare<[object], { identity: number }>(readStatement('./story/search-profiles.sql'))
  const userOf = db.prepare<[string], { id: string }>('select user_id as id from links where visitor = ?')
  return (text, limit) => {
    const user = userOf.get(text)
    const found = search.all({
      search: text,
      examined: MOST_EXAMINED,
      ...profilesFrom(text),
      visitor: packId(profileId({ kind: 'visitor', id: text })),
      known_as: user ? packId(profileId({ kind: 'user', id: user.id })) : null,
      limit,
    })
    return found.map(({ identity }) => identity)
  }
}

/** The first and the last profile's id that begin with a text; none where it is not the beginning of an id. */
function profilesFrom(text: string): {
  readonly first_profile: Buffer | null
  readonly last_profile: Buffer | null
} {
  const digits = text.replaceAll('-', '').toLowerCase()
  if (digits.length < FEWEST_DIGITS || digits.length > ID_BYTES * 2 || !/^[0-9a-f]+$/.test(digits))
    return { first_profile: null, last_profile: null }
  const padded = (digit: string) => Buffer.from(digits.padEnd(ID_BYTES * 2, digit), 'hex')
  return { first_profile: padded('0'), last_profile: padded('f') }
}
