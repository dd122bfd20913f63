import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import type { Ability, Browser, Engine } from './engines/engine.ts'
import { findEngines } from './engines/find-engines.ts'
import { openWorld } from './world.ts'
import type { World } from './world.ts'

/** Why an engine lacks an ability, for the output of the run. */
const LACKS: Readonly<Record<Ability, string>> = {
  'maps-domains': 'it resolves no made-up domains',
  'keeps-profile': 'its automation mode keeps no profile',
  'freezes-tabs': 'its driver cannot freeze a tab',
}

/** What a test has: the engine, its running browser, and a world that is made for this test alone. */
export interface Stage {
  readonly engine: Engine
  readonly browser: () => Browser
  readonly world: () => World
}

/**
 * Registers the same tests for each engine that is found. One browser serves all tests of the block, each in a world of its own.
 * An engine that lacks one of `needs` is left out, and the output says why.
 */
export function inEachEngine(
  title: string,
  define: (stage: Stage) => void,
  needs: readonly Ability[] = [],
  { secure = true } = {},
): void {
  for (const engine of findEngines(process.env).engines) {
    const missing = needs.find((ability) => !engine.abilities.has(ability))
    if (missing) {
      process.stdout.write(`Not in ${engine.name}: ${title}: ${LACKS[missing]}\n`)
      continue
    }
    describe(`${title} (${engine.name})`, () => {
      let browser: Browser
      let world: World | undefined
      beforeAll(async () => {
        browser = await engine.launch()
      })
      beforeEach(async () => {
        world = await openWorld(browser, { secure })
      })
      afterEach(() => world?.end())
      afterAll(() => browser.close())
      define({ engine, browser: () => browser, world: () => world! })
    })
  }
}
