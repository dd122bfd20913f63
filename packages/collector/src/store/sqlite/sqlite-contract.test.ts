import { storeContract } from '../store.contract.ts'
import { makeSqlitePlace } from './sqlite-place.fixture.ts'

storeContract(makeSqlitePlace)
