import { describe } from 'vitest'
import { storeContract } from '../store.contract.ts'
import { makeSqlitePlace } from './sqlite-place.fixture.ts'

describe('with live sessions only', () => storeContract(() => makeSqlitePlace()))

// The contract's histories are small: here each session is settled as soon as it has ended, so that both ways to find one are gone.
describe('with sessions settled at once', () => storeContract(() => makeSqlitePlace(0)))
