// The thread that writes: it commits events, and keeps the small values that the others read and change.
import { openDatabase } from '../sqlite/open-database.ts'
import { createSqliteStore } from '../sqlite/sqlite-store.ts'
import { answerCalls } from './answer-calls.ts'
import { createUnpackFacts } from './pack-facts.ts'
import type { PackedFacts } from './pack-facts.ts'
import { pickMethods } from './places.ts'
import { startThread } from './start-thread.ts'

startThread(({ path, link }) => {
  const store = createSqliteStore(openDatabase(path))
  const unpackFacts = createUnpackFacts()
  const { setting, putSetting, putScoring, removeEvents, sweepContexts } = store
  answerCalls(link, { setting, putSetting, putScoring, removeEvents, sweepContexts })
  return {
    ...pickMethods(store, 'writer'),
    commit: (packed: PackedFacts) => store.commit(unpackFacts(packed)),
    close: () => store.close(),
  }
})
