// The thread that reads: it answers questions, and tells the stories of all definitions but `client`, so that neither waits for the other's commits.
import { openForReading } from '../sqlite/open-database.ts'
import { createSqliteStore } from '../sqlite/sqlite-store.ts'
import { withStories } from '../sqlite/story/with-stories.ts'
import type { RemovalSteps } from '../sqlite/story/removal-steps.ts'
import { TUNING } from '../sqlite/tuning.ts'
import type { Store } from '../store.ts'
import { createThreadCaller } from './call-thread.ts'
import { pickMethods, SCANS } from './places.ts'
import { startThread } from './start-thread.ts'

startThread(
  ({ path, link }) => {
    const writer = createThreadCaller(link)
    const facts = createSqliteStore(openForReading(path), TUNING)
    const store = withStories(
      {
        ...facts,
        commit: () => Promise.resolve([]),
        setting: (name) => writer.call('setting', name) as ReturnType<Store['setting']>,
        putSetting: (name, value) => writer.call('putSetting', name, value) as Promise<void>,
        removeEvents: (rows, forGood) =>
          writer.call('removeEvents', rows, forGood) as ReturnType<RemovalSteps['removeEvents']>,
        sweepContexts: (rows) => writer.call('sweepContexts', rows) as Promise<number>,
        putScoring: (change) => writer.call('putScoring', change) as ReturnType<Store['putScoring']>,
      },
      path,
      TUNING,
    )
    return {
      ...pickMethods(store, 'reader'),
      // Stories look for new events when they are told of a commit, whatever was in it.
      wake: () => void store.commit([]),
      close: () => store.close(),
    }
  },
  [...SCANS, 'close'],
)
