import { NOON } from '../../session/facts.fixture.ts'
import type { Store } from '../store.ts'

/** Resolves when all sessions of a definition are scored by the rules that hold. */
export async function scoresAreReady(store: Store, definition: string): Promise<void> {
  for (let turns = 0; turns < 2_000; turns++) {
    // Asked for, so that it is in use.
    await store.sessionSums({ definition, now: NOON })
    if ((await store.scoring()).left === 0) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('The sessions are not scored yet.')
}
