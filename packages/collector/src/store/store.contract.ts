import { describe } from 'vitest'
import { administrationContract } from './contract/administration.contract.ts'
import { commitsContract } from './contract/commits.contract.ts'
import { cursorsContract } from './contract/cursors.contract.ts'
import { definitionsContract } from './contract/definitions.contract.ts'
import { eventsContract } from './contract/events.contract.ts'
import { ownershipContract } from './contract/ownership.contract.ts'
import { sessionFiltersContract } from './contract/session-filters.contract.ts'
import { lifecycleContract } from './contract/lifecycle.contract.ts'
import { metricsContract } from './contract/metrics.contract.ts'
import { sequenceGapsContract } from './contract/sequence-gaps.contract.ts'
import { journeysContract } from './contract/journeys.contract.ts'
import { removalContract } from './contract/removal.contract.ts'
import { scoringContract } from './contract/scoring.contract.ts'
import type { MakeStorePlace } from './contract/store-place.fixture.ts'
import { tailContract } from './contract/tail.contract.ts'
import { unstampedContract } from './contract/unstamped.contract.ts'

/** What every `Store` keeps to. Each test makes places of its own, so that none sees another's data. */
export function storeContract(makePlace: MakeStorePlace): void {
  describe('commits', () => commitsContract(makePlace))
  describe('ownership of sessions', () => ownershipContract(makePlace))
  describe('events without a stamp', () => unstampedContract(makePlace))
  describe('filters and sorts of sessions', () => sessionFiltersContract(makePlace))
  describe('cursors', () => cursorsContract(makePlace))
  describe('events', () => eventsContract(makePlace))
  describe('the tail of events', () => tailContract(makePlace))
  describe('gaps in the numbers of tabs', () => sequenceGapsContract(makePlace))
  describe('metrics', () => metricsContract(makePlace))
  describe('definitions', () => definitionsContract(makePlace))
  describe('lifecycle', () => lifecycleContract(makePlace))
  describe('journeys', () => journeysContract(makePlace))
  describe('scoring', () => scoringContract(makePlace))
  describe('removal', () => removalContract(makePlace))
  describe('sources and settings', () => administrationContract(makePlace))
}
