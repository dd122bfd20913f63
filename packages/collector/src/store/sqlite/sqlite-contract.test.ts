import { describe } from 'vitest'
import { storeContract } from '../store.contract.ts'
import { makeSqlitePlace } from './sqlite-place.fixture.ts'
import { TUNING } from './tuning.ts'

describe('with live sessions only', () => storeContract(() => makeSqlitePlace()))

// The contract's histories are small. Here each session is settled as soon as it has ended, lists of more than two are read in order, and
// the states of sessions with more than two events are kept, so that all the ways to find and tell a session are gone.
describe('with sessions settled at once', () =>
  storeContract(() =>
    makeSqlitePlace({
      ...TUNING,
      liveSessions: 0,
      foldedEvents: 2,
      gatheredSessions: 2,
      gatheredSums: 2,
      talliedGroups: 3,
      tallyBytes: 1,
    }),
  ))
