import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '../../../definition/definition.ts'
import type { Fact } from '../../../ingest/fact.ts'
import { firstIdentity, identityIn } from '../../../profile/identity.ts'
import type { Identity } from '../../../profile/identity.ts'
import { openDatabase } from '../open-database.ts'
import { createSqliteStore } from '../sqlite-store.ts'
import { createStoreParts } from '../store-parts.ts'
import { createFactsReader } from './facts-reader.ts'
import { SOURCES } from './story-histories.fixture.ts'
import { storyKeyOf } from './story-keys.ts'
import type { FactsFile, Story } from './story.ts'

/** A store with the fixture's sources, and the facts as stories read them. */
export async function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-story-'))
  const path = join(folder, 'facts.db')
  const store = createSqliteStore(openDatabase(path))
  for (const source of SOURCES) await store.addSource(source)
  const db = openDatabase(path)
  const parts = createStoreParts(db)
  const file: FactsFile = { path, parts, facts: createFactsReader(db, parts) }
  return {
    store,
    file,
    storyPath: (name: string) => join(folder, `${name}.db`),
    async remove() {
      db.close()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Tells all events that are stored. */
export function tellAll(story: Story, slice: number): void {
  while (story.advance(slice) > 0);
}

/** The histories of the keys of a scope, each unordered, as all facts together show them; of `admitted` alone. */
export function historiesOf(scope: Scope, facts: readonly Fact[], admitted = facts): readonly Fact[][] {
  const links = new Map<string, Identity>()
  for (const { event, time } of facts) {
    const said = identityIn(event, time)
    if (said) links.set(event.visitorId!, firstIdentity(links.get(event.visitorId!), said)!)
  }
  const keys = new Map<string, Fact[]>()
  for (const fact of admitted) {
    const { event } = fact
    const key = JSON.stringify(storyKeyOf(scope, event, links.get(event.visitorId ?? '')))
    keys.set(key, [...(keys.get(key) ?? []), fact])
  }
  return [...keys.values()]
}
